import { z } from 'zod';

/** A text in both languages. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** What a number of a policy counts in; `fen` and `basis-point` are shown as yuan and per cent. */
export const POLICY_UNITS = {
  day: { zh: '天', en: 'days' },
  month: { zh: '个月', en: 'months' },
  age: { zh: '岁', en: 'years of age' },
  year: { zh: '年', en: 'years' },
  minute: { zh: '分钟', en: 'minutes' },
  fen: { zh: '元', en: 'yuan' },
  'basis-point': { zh: '%', en: '%' },
  percent: { zh: '%', en: '%' },
  mu: { zh: '亩', en: 'mu' },
  household: { zh: '户', en: 'households' },
  person: { zh: '人', en: 'persons' },
  time: { zh: '次', en: 'times' },
  photo: { zh: '张', en: 'photos' },
  point: { zh: '分', en: 'points' },
  item: { zh: '个', en: 'items' },
} as const satisfies Record<string, Words>;
export type PolicyUnit = keyof typeof POLICY_UNITS;

/** How a field is labelled, what it counts in, and the words of its choices. */
export interface FieldWords extends Words {
  readonly unit?: PolicyUnit;
  readonly choices?: Readonly<Record<string, Words>>;
  /** A word by which programs know a row: it is entered, and never shown among the values. */
  readonly isCode?: true;
}

/** Labels of fields that have them in their schema: forms, differences, refusals and reference pages take them from here. */
export const FIELD_WORDS = z.registry<FieldWords>();
