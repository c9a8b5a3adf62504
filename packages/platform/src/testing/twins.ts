import { wide } from '@bangfu/domain/shared/writings.fixture';

/** Names that look the same on a screen as the given one. */
export const twinsOf = (name: string): readonly string[] => [
  name,
  ` ${name}`,
  `${name.slice(0, 1)}\u200b${name.slice(1)}`,
  `\u202e${name}`,
  `${name.slice(0, 2)} ${name.slice(2)}`,
  wide(name),
  name.replaceAll('水', '⽔').replaceAll('土', '⼟').replaceAll('A', 'А'),
];
