import { draftDeclaration } from '@bangfu/domain/industry/declaration';
import { type ContractDays, type Days, dividendPeriods, isAnybodyThere } from '@bangfu/domain/industry/dividend-period';
import { type LateAlarm, lateAlarms } from '@bangfu/domain/industry/late-alarms';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { instantOf } from '@bangfu/data/instant';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { typedOver } from '../../db/over-text.ts';
import type { Tables } from '../../operations.ts';
import { CONTRACT_TO, MEMBER_FROM, MEMBER_TO } from '../../db/contract-days.ts';
import { entityVisible, scopeParams, SEES_ENTITY } from '../../db/scope.ts';
import { POLICY } from '../contracts/policy.ts';
import { FROM_NIL, NIL_HOLDS, nilRows } from '../nil-years/nil-year.repository.ts';
import { alarmsOf, presentNotices } from '../declarations/declaration.repository.ts';
import { seesNotice } from '../notices/notice.repository.ts';

/** The last years for which a missing declaration is still asked for. */
const YEARS_BACK = 3;

/** Something that should have been done about a dividend, or a dividend year that nobody declared. */
export interface Late extends LateAlarm {
  readonly entityName: string;
  readonly contractId: string;
  readonly contractNumber: string;
  readonly declarationId: string | null;
  readonly year: number;
}

interface Undeclared {
  readonly entityName: string;
  readonly entityId: string;
  readonly contractId: string;
  readonly contractNumber: string;
  readonly year: number;
  readonly periodEnd: BusinessDay;
}

type ContractRow = ContractDays & { readonly spans: Days[] | null } & Omit<Undeclared, 'year' | 'periodEnd'>;

/** Every ended dividend year of the last years of a contract that nobody declared, with a dividend or without. */
export async function findUndeclared(sql: Sql, caller: Caller, now: Date): Promise<Undeclared[]> {
  const today = businessDayOf(now);
  const since = `${Number(today.slice(0, 4)) - YEARS_BACK}-01-01`;
  const contracts = await sql.query<ContractRow>(
    `SELECT e.name AS "entityName", e.id::text AS "entityId", c.id::text AS "contractId", c.number AS "contractNumber",
       c.period_from::text AS "from", ${CONTRACT_TO}::text AS "to", c.dividend_year AS "dividendYear",
       CASE WHEN NOT EXISTS (SELECT 1 FROM contract_household m WHERE m.contract_id = c.id AND m.joins_on IS NULL
         AND m.leaves_on IS NULL) THEN (SELECT jsonb_agg(DISTINCT jsonb_build_object('from', ${MEMBER_FROM},
         'to', ${MEMBER_TO})) FROM contract_household m WHERE m.contract_id = c.id) END AS spans
     FROM contract c JOIN entity e ON e.id = c.entity_id AND e.state = 'active'
     WHERE c.state = 'in-force' AND ${CONTRACT_TO} >= $3::text::date AND ${SEES_ENTITY} ORDER BY e.name, c.number`,
    [...scopeParams(caller), since],
  );
  const declared = await sql.query<{ period: string }>(
    `SELECT d.contract_id::text || ' ' || d.period_from AS period
     FROM declaration d JOIN entity e ON e.id = d.entity_id WHERE d.live AND ${SEES_ENTITY}`,
    scopeParams(caller),
  );
  const nils = await sql.query<{ period: string }>(
    `SELECT n.contract_id::text || ' ' || n.period_from AS period ${FROM_NIL} WHERE ${NIL_HOLDS} AND ${SEES_ENTITY}`,
    scopeParams(caller),
  );
  const known = new Set([...declared, ...nils].map(({ period }) => period));
  return contracts.flatMap(({ from, to, dividendYear, spans, ...contract }) =>
    dividendPeriods({ from, to, dividendYear })
      .filter((period) => period.to >= since && period.to < today)
      .filter((period) => !known.has(`${contract.contractId} ${period.from}`))
      .filter((period) => spans === null || isAnybodyThere(spans, period))
      .map((period) => ({ ...contract, year: period.year, periodEnd: period.to })),
  );
}

/** Every declaration that is neither closed nor given up, with what its alarms look at. */
const findOpen = (read: ReadSql<Tables>, caller: Caller) =>
  read
    .selectFrom('declaration as d')
    .innerJoin('entity as e', 'e.id', 'd.entity_id')
    .innerJoin('contract as c', 'c.id', 'd.contract_id')
    .where('d.live', '=', true)
    .where('d.status', 'not in', ['closed', 'discarded'])
    .where((eb) => entityVisible(eb, caller))
    .orderBy('e.name')
    .orderBy('c.number')
    .orderBy('d.period_from')
    .select(['d.id as declarationId', 'e.name as entityName', 'e.id as entityId', 'c.id as contractId'])
    .select(['c.number as contractNumber', 'd.year', 'd.status', 'd.revision', 'd.submitted_by_id as submittedById'])
    .select(['d.checked_by_id as checkedById', 'd.return_reason as returnReason'])
    .select((eb) => {
      const lines = eb.selectFrom('dividend_line as l').whereRef('l.declaration_id', '=', 'd.id').select('l.id');
      const corrections = eb
        .selectFrom('dividend_correction as x')
        .whereRef('x.declaration_id', '=', 'd.id')
        .where('x.state', '=', 'proposed')
        .select('x.id');
      const unsettled = lines.where((l) =>
        l.or([
          l('l.state', 'in', ['open', 'batched']),
          l.and([l('l.counts', '=', true), l('l.confirmed_fen', '<>', l.ref('l.payable_fen'))]),
        ]),
      );
      return [
        eb.ref('d.period_end').$castTo<BusinessDay>().as('periodEnd'),
        instantOf(eb.ref('d.submitted_at')).as('submittedAt'),
        instantOf(eb.ref('d.checked_at')).as('checkedAt'),
        presentNotices(eb).as('notices'),
        eb
          .not(eb.or([eb.exists(unsettled), eb.exists(corrections)]))
          .$castTo<boolean>()
          .as('isSettled'),
      ];
    })
    .execute();

/** What is late by the domain's rule, within the caller's scope: of notices only those of his own villages. */
export async function findLate(sql: Sql, caller: Caller, now: Date): Promise<Late[]> {
  const undeclared = (await findUndeclared(sql, caller, now)).flatMap(({ entityId, periodEnd, ...of }) => {
    const draft = draftDeclaration(entityId, periodEnd, now);
    const facts = { submittedAt: null, checkedAt: null, isSettled: true };
    return lateAlarms(draft, facts, POLICY, now).map((alarm): Late => ({ ...of, declarationId: null, ...alarm }));
  });
  const waiting = await nilRows(typedOver(sql))
    .where('z.outcome', 'is', null)
    .where((eb) => entityVisible(eb, caller))
    .execute();
  const unconfirmed = waiting.flatMap(({ entityId, entityName, contractId, contractNumber, year, ...nil }) => {
    const head = { entityId, periodEnd: nil.to, revision: 1, villages: [] };
    const facts = { submittedAt: new Date(nil.declaredAt), checkedAt: null, isSettled: true };
    // It waits for the township as a submitted declaration does.
    const alarms = lateAlarms({ ...head, status: 'submitted' }, facts, POLICY, now);
    return alarms.map(
      (alarm): Late => ({ entityName, contractId, contractNumber, year, declarationId: null, ...alarm }),
    );
  });
  const open = (await findOpen(typedOver(sql), caller)).flatMap((row) => {
    const { entityName, contractId, contractNumber, declarationId, year } = row;
    return alarmsOf(row, row.isSettled, now).flatMap((alarm): Late[] => {
      const villages = alarm.villages.filter((village) => seesNotice(caller, row.entityId, village));
      if (alarm.villages.length > 0 && villages.length === 0) return [];
      return [{ entityName, contractId, contractNumber, declarationId, year, ...alarm, villages }];
    });
  });
  return [...undeclared, ...unconfirmed, ...open];
}
