/** A text in full-width signs. */
export const wide = (text: string) =>
  [...text]
    .map((sign) => (/[!-~]/.test(sign) ? String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0) : sign))
    .join('');

/** The ways in which people copy a number from a paper. */
export const WRITINGS: readonly ((number: string) => string)[] = [
  (number) => number,
  (number) => number.toLowerCase(),
  (number) => number.toUpperCase(),
  (number) => number.replaceAll('-', ''),
  (number) => number.replaceAll('-', ' '),
  wide,
  (number) => wide(number.toLowerCase()),
  ...['‐', '‑', '–', '—', '－', '−'].map((dash) => (number: string) => number.replaceAll('-', dash)),
  (number) => ` ${number}　`,
  (number) => `\u200b${number.slice(0, 5)} \u202e${number.slice(5)}\ufeff`,
  (number) => number.replace(/(.{3})/g, '$1 '),
];
