/** How a spreadsheet writes a long number that it keeps as a number: 2.11383E+15. */
const SCIENTIFIC = /^[+-]?\d(\.\d*)?[eE][+-]\d+$|^[+-]?\d\.\d+[eE]\d+$/;
/** A spreadsheet keeps so many digits of a number; what stands behind them is zeros it made up. */
const KEPT_DIGITS = 15;

/** How a cell holds its value. */
export type Stored = 'text' | 'number' | 'date' | 'boolean' | 'error';

/**
 * Whether a number that is a name (household, person, account, telephone, credit code, contract) has lost digits in its
 * cell: more than fifteen in a number cell, scientific writing, or a date the spreadsheet made of it.
 * @param value normalised
 */
export function hasLostDigits(value: string, stored: Stored): boolean {
  if (stored === 'date') return true;
  if (stored === 'number') return value.replace(/^-|\..*$/g, '').length > KEPT_DIGITS;
  return SCIENTIFIC.test(value);
}
