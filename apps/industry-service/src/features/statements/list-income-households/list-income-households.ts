import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/industry/statements';
import { countOf } from '@bangfu/data/count-of';
import { sumOf } from '@bangfu/data/sum-of';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { type Caller, readsMasked } from '@bangfu/platform/auth/caller';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { beginsName, beginsNumber, searchPattern } from '@bangfu/platform/search/name-search';
import { type ExpressionBuilder, sql } from 'kysely';
import { memberFrom, memberTo } from '../../../db/contract-days.ts';
import { query, type Tables } from '../../../operations.ts';
import { settles } from '../../payments/standing.repository.ts';
import { subjectVisible } from '../income.repository.ts';

type Asked = QueryOf<typeof contract.listIncomeHouseholds>;
type Households = ExpressionBuilder<Tables & { h: Tables['household_copy'] }, 'h'>;

/** The payments to `household_copy h`. */
const paymentsTo = (eb: Households) => eb.selectFrom('dividend_payment as p').whereRef('p.household_id', '=', 'h.id');

/** The shares that `household_copy h` holds on a day. */
const sharesOf = (eb: Households, today: BusinessDay) =>
  eb
    .selectFrom('contract_household as m')
    .innerJoin('contract as c', 'c.id', 'm.contract_id')
    .whereRef('m.household_id', '=', 'h.id')
    .where('c.state', '<>', 'drafted')
    .where((m) => m(memberFrom(m), '<=', today))
    .where((m) => m(memberTo(m), '>=', today));

const paymentCount = (eb: Households) => countOf(paymentsTo(eb));

/** How many entities paid `household_copy h`. */
const entityCount = (eb: Households) =>
  paymentsTo(eb)
    .innerJoin('dividend_line as l', 'l.id', 'p.line_id')
    .innerJoin('declaration as d', 'd.id', 'l.declaration_id')
    .select((d) => d.fn.count<number>('d.entity_id').distinct().as('n'))
    .$asScalar()
    .$notNull();

/** What payments and all that changed them came to for `household_copy h`. */
function incomeOf(eb: Households) {
  const paid = paymentsTo(eb).select((p) => sumOf(p.ref('p.amount_fen')).as('sum'));
  const returned = eb
    .selectFrom('dividend_return as r')
    .whereRef('r.household_id', '=', 'h.id')
    .select((r) => sumOf(r.ref('r.amount_fen')).as('sum'));
  const claimed = eb
    .selectFrom('dividend_claim as c')
    .whereRef('c.household_id', '=', 'h.id')
    .select((c) => sumOf(c.ref('c.amount_fen')).as('sum'));
  const approved = eb.selectFrom('claim_settlement as s').where('s.state', '=', 'approved');
  const noLonger = approved
    .innerJoin('dividend_claim as c', 'c.id', 's.claim_id')
    .whereRef('c.household_id', '=', 'h.id')
    .where('s.kind', 'in', ['returned', 'corrected'])
    .select((s) => sumOf(s.ref('s.amount_fen')).as('sum'));
  const setOff = approved
    .innerJoin('dividend_line as l', 'l.id', 's.line_id')
    .whereRef('l.household_id', '=', 'h.id')
    .select((s) => sumOf(settles(s)).as('sum'));
  return sql<number>`(${paid} - ${returned} - ${claimed} + ${noLonger} + ${setOff})`;
}

const households = (read: ReadSql<Tables>) => read.selectFrom('household_copy as h').where('h.withdrawn', '=', false);

const ORDER = orderOf<Asked>()(households, ({ text, person, number, id }) => ({
  columns: {
    householdNumber: text('h.number'),
    headName: person('h.head_name'),
    villageName: text('h.village_code'),
    payments: number(paymentCount),
    entities: number(entityCount),
    totalFen: number(incomeOf),
  },
  own: [text('h.number'), id('h.id')],
}));

/** One page of the households that are asked for, as the list and the home show them. */
export function findIncomeHouseholds(
  read: ReadSql<Tables>,
  caller: Caller,
  asked: Asked,
  now: Date,
): Promise<AnswerInputOf<typeof contract.listIncomeHouseholds>> {
  const pattern = searchPattern(asked.search);
  let found = households(read)
    .where((eb) => subjectVisible(eb, caller))
    .where((eb) =>
      eb.exists(
        asked.with === 'payment'
          ? paymentsTo(eb).select('p.id')
          : sharesOf(eb, businessDayOf(now)).select('m.household_id as id'),
      ),
    )
    .select(['h.id as householdId', 'h.number as householdNumber', 'h.head_name as headName'])
    .select((eb) => [
      'h.village_name as villageName',
      paymentCount(eb).as('payments'),
      entityCount(eb).as('entities'),
      incomeOf(eb).as('totalFen'),
    ]);
  if (pattern !== null) {
    found = found.where((eb) =>
      eb.or([
        beginsNumber(eb.ref('h.number'), pattern),
        beginsName(eb.ref('h.head_name'), pattern),
        beginsName(eb.ref('h.village_name'), pattern),
      ]),
    );
  }
  return pageOfList(found, ORDER, asked, readsMasked(caller));
}

/**
 * The households that had confirmed income from entities, or hold a share in one, by number; a household finds itself.
 */
export const listIncomeHouseholds = query(contract.listIncomeHouseholds, ({ read, caller, query: asked, now }) =>
  findIncomeHouseholds(read, caller, asked, now),
);
