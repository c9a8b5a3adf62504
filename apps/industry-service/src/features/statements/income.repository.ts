import type { IncomeStatement } from '@bangfu/contracts/industry/statements';
import { inRegions } from '@bangfu/data/scope';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { type ExpressionBuilder, sql } from 'kysely';
import { ownHouseholds } from '../../db/scope.ts';
import type { Tables } from '../../operations.ts';
import { settles } from '../payments/standing.repository.ts';

/** A statement before it is issued. */
export type Statement = Omit<IncomeStatement, 'issued'>;
type Kind = Statement['lines'][number]['kind'];

/** Whether `household_copy h` is of a caller's region, or the caller's own household. */
export const subjectVisible = (eb: ExpressionBuilder<Tables & { h: Tables['household_copy'] }, 'h'>, caller: Caller) =>
  eb.or([inRegions(eb.ref('h.village_code'), regionPrefixes(caller)), eb('h.id', 'in', ownHouseholds(caller))]);

/** The household a statement is for, within the caller's scope. */
type Subject = Awaited<ReturnType<typeof getSubject>>;

/** Finds the household. @throws Refusal 404 */
export async function getSubject(read: ReadSql<Tables>, caller: Caller, householdNumber: string) {
  const subject = await read
    .selectFrom('household_copy as h')
    .where('h.number', '=', householdNumber)
    .where('h.withdrawn', '=', false)
    .where((eb) => subjectVisible(eb, caller))
    .select(['h.id as householdId', 'h.number as householdNumber', 'h.head_name as headName'])
    .select(['h.township_name as townshipName', 'h.village_name as villageName', 'h.village_code as villageCode'])
    .select('h.county_code as countyCode')
    .executeTakeFirst();
  if (!subject) throw notFound();
  return subject;
}

/**
 * What changed a household's income by dividends: its payments and what was set off in its favour, what the bank
 * returned of them, what was claimed from it, and what of a claim no longer holds. A claim that is collected changes
 * nothing: it took its part off when it was opened.
 */
function incomesOf(read: ReadSql<Tables>, householdId: string, asOf: Date) {
  const kind = (word: Kind) => sql<Kind>`${word}::text`;
  const unconfirmed = sql<boolean>`false`;
  const payments = read
    .selectFrom('dividend_payment as p')
    .innerJoin('dividend_line as l', 'l.id', 'p.line_id')
    .leftJoin('dividend_return as r', 'r.payment_id', 'p.id')
    .where('p.household_id', '=', householdId)
    .select((eb) => [
      'p.id',
      'p.line_id',
      kind('payment').as('kind'),
      'p.amount_fen',
      'p.paid_on as day',
      eb.fn
        .coalesce(
          eb
            .and([
              eb('l.confirmed_fen', '=', eb.ref('p.amount_fen')),
              eb('l.confirmed_at', '<=', asOf),
              eb('r.payment_id', 'is', null),
            ])
            .$castTo<boolean | null>(),
          unconfirmed,
        )
        .as('confirmed'),
    ]);
  const returns = read
    .selectFrom('dividend_return as r')
    .where('r.household_id', '=', householdId)
    .select((eb) => [
      'r.payment_id as id',
      'r.line_id',
      kind('return').as('kind'),
      eb.neg(eb.ref('r.amount_fen')).as('amount_fen'),
      'r.returned_on as day',
      unconfirmed.as('confirmed'),
    ]);
  const setOff = read
    .selectFrom('claim_settlement as s')
    .innerJoin('dividend_line as l', 'l.id', 's.line_id')
    .where('s.state', '=', 'approved')
    .where('l.household_id', '=', householdId)
    .select((eb) => [
      's.id',
      'l.id as line_id',
      kind('set-off').as('kind'),
      settles(eb).as('amount_fen'),
      's.settled_on as day',
      unconfirmed.as('confirmed'),
    ]);
  const claimed = read
    .selectFrom('dividend_claim as c')
    .where('c.household_id', '=', householdId)
    .select((eb) => [
      'c.id',
      'c.line_id',
      kind('correction').as('kind'),
      eb.neg(eb.ref('c.amount_fen')).as('amount_fen'),
      sql<string>`(${eb.ref('c.opened_at')} at time zone 'Asia/Shanghai')::date`.as('day'),
      unconfirmed.as('confirmed'),
    ]);
  const noLonger = read
    .selectFrom('claim_settlement as s')
    .innerJoin('dividend_claim as c', 'c.id', 's.claim_id')
    .where('s.kind', 'in', ['returned', 'corrected'])
    .where('s.state', '=', 'approved')
    .where('c.household_id', '=', householdId)
    .select([
      's.id',
      'c.line_id',
      kind('correction').as('kind'),
      's.amount_fen',
      's.settled_on as day',
      unconfirmed.as('confirmed'),
    ]);
  return payments.unionAll(returns).unionAll(setOff).unionAll(claimed).unionAll(noLonger);
}

const KINDS: readonly Kind[] = ['payment', 'set-off', 'return', 'correction'];

/**
 * What had reached a household by a day and what had been taken back of it, by year and day. A paper says nothing that
 * came after its own day, whatever is known by the time it is made.
 */
export const findIncome = (read: ReadSql<Tables>, householdId: string, asOf: Date): Promise<Statement['lines']> =>
  read
    .selectFrom(incomesOf(read, householdId, asOf).as('i'))
    .innerJoin('dividend_line as l', 'l.id', 'i.line_id')
    .innerJoin('declaration as d', 'd.id', 'l.declaration_id')
    .innerJoin('entity as e', 'e.id', 'd.entity_id')
    .innerJoin('contract as c', 'c.id', 'd.contract_id')
    .where('i.day', '<=', businessDayOf(asOf))
    .orderBy('d.year')
    .orderBy('i.day')
    .orderBy((eb) => sql`array_position(${[...KINDS]}::text[], ${eb.ref('i.kind')})`)
    .orderBy('i.line_id')
    .orderBy('i.id')
    .select(['i.id', 'i.line_id as lineId', 'i.kind', 'd.year', 'e.name as entityName', 'c.number as contractNumber'])
    .select(['i.amount_fen as amountFen', 'i.day as paidOn', 'l.account_tail as accountTail', 'i.confirmed'])
    .execute();

/** A household's statement of these lines. */
export function toStatement(
  { villageCode: _village, countyCode: _county, ...subject }: Subject,
  lines: Statement['lines'],
): Statement {
  const years = new Map<number, number>();
  for (const { year, amountFen } of lines) years.set(year, (years.get(year) ?? 0) + amountFen);
  return {
    ...subject,
    lines,
    years: [...years].map(([year, amountFen]) => ({ year, amountFen })),
    totalFen: lines.reduce((sum, line) => sum + line.amountFen, 0),
  };
}
