import { businessDay, type BusinessDay } from '@bangfu/domain/shared/time';
import type { Fen } from '@bangfu/domain/shared/money';
import { z } from 'zod';
import { FIELD_WORDS, type PolicyUnit, type Words } from './field-words.ts';
import { DayInput } from './inputs.ts';
import type { ServiceName } from './operation.ts';
import { strictly } from './strict.ts';

/** A whole number of a policy, with its label, unit and bounds. */
export const amount = (zh: string, en: string, unit: PolicyUnit, { min = 0, max }: { min?: number; max: number }) =>
  z.int().min(min).max(max).register(FIELD_WORDS, { zh, en, unit });

/** Calendar days within which a kind of office work is done, from the day it begins to wait. */
export const deadline = (zh: string, en: string) => amount(zh, en, 'day', { min: 1, max: 366 });

/** Money of a policy in whole fen. */
export const money = (zh: string, en: string, { min = 0, max }: { min?: number; max: number }) =>
  amount(zh, en, 'fen', { min, max }) as unknown as z.ZodType<Fen>;

/** A share in whole per cent. */
export const percent = (zh: string, en: string, bounds: { min?: number; max: number }) =>
  amount(zh, en, 'percent', bounds);

/** A day of a policy. */
export const day = (zh: string, en: string) =>
  DayInput.clone().register(FIELD_WORDS, { zh, en }) as unknown as z.ZodType<BusinessDay>;

/** A share in basis points (8000 = 80 %). */
export const share = (zh: string, en: string) => amount(zh, en, 'basis-point', { max: 10_000 });

/** One of several words, each with its own label. */
export const choice = <const Choices extends Readonly<Record<string, Words>>>(
  zh: string,
  en: string,
  choices: Choices,
) =>
  z
    .enum(Object.keys(choices) as [keyof Choices & string, ...(keyof Choices & string)[]])
    .register(FIELD_WORDS, { zh, en, choices });

/** Several fields under one label. */
export const group = <Shape extends z.ZodRawShape>(zh: string, en: string, shape: Shape) =>
  z.object(shape).register(FIELD_WORDS, { zh, en });

/** What the product, a province or a county decided, from a day on. */
export interface PolicySeed<Value> {
  readonly validFrom: string;
  /** The divisions it is for by the beginning of their codes; absent: the whole country. */
  readonly regions?: readonly string[];
  readonly value: Value;
  readonly document: string;
  readonly paragraph?: string;
}

/** A policy: what is decided by document and may differ by county and day. Rules take its value as an argument. */
export interface Policy<Value = unknown, Key extends string = string> {
  readonly service: ServiceName;
  readonly key: Key;
  readonly label: Words;
  /** With a label and unit for each field. What is drafted by it is taken strictly. */
  readonly schema: z.ZodType<Value>;
  /** Each version holds in the year of its day only. */
  readonly isYearly: boolean;
  /** The versions the product is shipped with. */
  readonly seeds: readonly (PolicySeed<Value> & { readonly validFrom: BusinessDay })[];
}

/** What is decided by a policy. */
export type PolicyValue<P> = P extends Policy<infer Value> ? Value : never;

/**
 * Declares a policy once: its form, checks, stored versions, reference page and shipped values come from it.
 * @throws ZodError for a shipped value that the schema does not take; RangeError for a day that is none
 */
export function policy<const Key extends string, Value>(declared: {
  readonly service: ServiceName;
  readonly key: Key;
  readonly label: Words;
  readonly schema: z.ZodType<Value> & z.ZodObject;
  readonly isYearly?: boolean;
  readonly seeds: readonly PolicySeed<NoInfer<Value>>[];
}): Policy<Value, Key> {
  const strict: z.ZodType<Value> = strictly(declared.schema);
  const seeds = declared.seeds.map((seed) => ({
    ...seed,
    validFrom: businessDay(seed.validFrom),
    value: strict.parse(seed.value),
  }));
  return { ...declared, isYearly: declared.isYearly ?? false, seeds };
}
