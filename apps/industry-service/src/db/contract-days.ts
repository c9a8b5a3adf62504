import type { ReadSql } from '@bangfu/data/typed-sql';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { type ExpressionBuilder, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../operations.ts';

type Contracts = ExpressionBuilder<Tables & { c: Tables['contract'] }, 'c'>;
type Members = ExpressionBuilder<Tables & { c: Tables['contract']; m: Tables['contract_household'] }, 'c' | 'm'>;

/** The first day of `contract c`. */
export const contractFrom = (eb: Contracts) => eb.ref('c.period_from').$castTo<BusinessDay>();

/** The last day of `contract c`: as agreed, or the day it was ended on before that. */
export const contractTo = (eb: Contracts) =>
  eb.fn.coalesce(eb.ref('c.ended_on'), eb.ref('c.period_to')).$castTo<BusinessDay>();

/** The first day of `contract_household m` on `contract c`. */
export const memberFrom = (eb: Members) =>
  eb.fn.coalesce(eb.ref('m.joins_on'), eb.ref('c.period_from')).$castTo<BusinessDay>();

/** The last day of `contract_household m` on `contract c`. */
export const memberTo = (eb: Members): RawBuilder<BusinessDay> =>
  sql<BusinessDay>`least(${eb.ref('m.leaves_on')}, ${contractTo(eb)})`;

/** The stretches of days for which households `m` are on contracts `c`, each once. */
export const memberDays = (read: ReadSql<Tables>) =>
  read
    .selectFrom('contract_household as m')
    .innerJoin('contract as c', 'c.id', 'm.contract_id')
    .distinct()
    .select((eb) => [memberFrom(eb).as('from'), memberTo(eb).as('to')]);
