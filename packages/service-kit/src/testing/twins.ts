const wide = (text: string) =>
  [...text]
    .map((sign) => (/[!-~]/.test(sign) ? String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0) : sign))
    .join('');

/** Writings of a name that nobody tells from it on a screen. */
export const twinsOf = (name: string): readonly string[] => [
  name,
  ` ${name}`,
  `${name.slice(0, 1)}\u200b${name.slice(1)}`,
  `\u202e${name}`,
  `${name.slice(0, 2)} ${name.slice(2)}`,
  wide(name),
  name.replaceAll('水', '⽔').replaceAll('土', '⼟').replaceAll('A', 'А'),
];
