/** How a spreadsheet writes a long number that it keeps as a number: 2.11383E+15. */
const SCIENTIFIC = /^[+-]?\d(\.\d*)?[eE][+-]\d+$|^[+-]?\d\.\d+[eE]\d+$/;
/** A number as programs write it, with the decimals or the commas of an amount: 2113829990040004.0, 2,113,829,990,040,000. */
const AMOUNT = /^\d+\.0+$|^\d{1,3}(,\d{3})+(\.\d+)?$/;
/** A spreadsheet keeps so many digits of a number; what stands behind them is zeros it made up. */
const KEPT_DIGITS = 15;

/** How a cell holds its value. */
export type Stored = 'text' | 'number' | 'date' | 'boolean' | 'error';

/**
 * Whether a number that is a name (household, person, account, telephone, credit code, contract) has lost digits in its
 * cell: more than fifteen in a number cell, scientific writing or an amount's, or a date or truth value the spreadsheet
 * made of it.
 * @param value normalised
 */
export function hasLostDigits(value: string, stored: Stored): boolean {
  if (stored === 'date' || stored === 'boolean') return true;
  if (stored === 'number') return value.replace(/^-|\..*$/g, '').length > KEPT_DIGITS;
  return SCIENTIFIC.test(value) || AMOUNT.test(value);
}
