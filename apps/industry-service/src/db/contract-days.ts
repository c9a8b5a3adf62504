import { type ExpressionBuilder, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../operations.ts';

/** The last day of `contract c`: as agreed, or the day it was ended on before that. */
export const CONTRACT_TO = 'coalesce(c.ended_on, c.period_to)';

/** The first and last day of `contract_household m` on `contract c`. */
export const MEMBER_FROM = 'coalesce(m.joins_on, c.period_from)';
export const MEMBER_TO = `least(m.leaves_on, ${CONTRACT_TO})`;

type WithContract = Tables & { c: Tables['contract'] };
type WithMember = WithContract & { m: Tables['contract_household'] };

/** The last day of `contract c`: as agreed, or the day it was ended on before that. */
export const contractTo = (eb: ExpressionBuilder<WithContract, 'c'>) =>
  eb.fn.coalesce(eb.ref('c.ended_on'), eb.ref('c.period_to'));

/** The first day of `contract_household m` on `contract c`. */
export const memberFrom = (eb: ExpressionBuilder<WithMember, 'm' | 'c'>) =>
  eb.fn.coalesce(eb.ref('m.joins_on'), eb.ref('c.period_from'));

/** The last day of `contract_household m` on `contract c`. */
export const memberTo = (eb: ExpressionBuilder<WithMember, 'm' | 'c'>): RawBuilder<string> =>
  sql<string>`least(${eb.ref('m.leaves_on')}, ${contractTo(eb)})`;
