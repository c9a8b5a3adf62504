import type { Fen } from '../../shared/money.ts';
import type { BusinessDay } from '../../shared/time.ts';
import type { Dictionary } from '../roster/dictionaries.ts';

/** What figures are counted in. Areas and distances are decimal numbers, the others whole ones. */
export type Unit = 'persons' | 'households' | 'months' | 'places' | 'mu' | 'm2' | 'km';

/** How a fact is written, read, kept and shown. */
interface Kinds {
  /** Words as they were written. */
  text: string;
  /** A person's name. */
  name: string;
  /** A number that names something: never calculated with, never lost digits of. */
  number: string;
  idNumber: string;
  phone: string;
  account: string;
  /** A division by its code. */
  region: string;
  /** One word of a dictionary. */
  code: string;
  /** Several words of a dictionary, each once. */
  codes: readonly string[];
  yesNo: boolean;
  day: BusinessDay;
  year: number;
  /** Money in fen; sheets write yuan. */
  fen: Fen;
  count: number;
  area: number;
  distance: number;
}

export type KindName = keyof Kinds;

/** The kind of a fact; `Value` is what code has of it. */
export interface FactKind<Value> {
  readonly name: KindName;
  /** The words of a code. */
  readonly dictionary?: Dictionary<string>;
  /** The most words of one fact. */
  readonly most?: number;
  readonly unit?: Unit;
  /** Only for the type checker. */
  readonly value?: Value;
}

const kind = <Name extends KindName>(name: Name): FactKind<Kinds[Name]> => ({ name });

export const text = kind('text');
export const personName = kind('name');
export const number = kind('number');
export const idNumber = kind('idNumber');
export const phone = kind('phone');
export const account = kind('account');
export const region = kind('region');
export const yesNo = kind('yesNo');
export const day = kind('day');
export const year = kind('year');
export const fen = kind('fen');

/** A word of a dictionary. */
export const code = <Code extends string>(dictionary: Dictionary<Code>): FactKind<Code> => ({
  name: 'code',
  dictionary: dictionary as unknown as Dictionary<string>,
});

/** Words of a dictionary, at most so many where there is a limit. */
export const codes = <Code extends string>(dictionary: Dictionary<Code>, most?: number): FactKind<readonly Code[]> => ({
  name: 'codes',
  dictionary: dictionary as unknown as Dictionary<string>,
  ...(most !== undefined && { most }),
});

/** A whole number of something. */
export const count = (unit: 'persons' | 'households' | 'months' | 'places'): FactKind<number> => ({
  name: 'count',
  unit,
});
export const area = (unit: 'mu' | 'm2'): FactKind<number> => ({ name: 'area', unit });
export const distance: FactKind<number> = { name: 'distance', unit: 'km' };
