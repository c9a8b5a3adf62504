import { industryPolicy } from '../../db/policy.ts';
import { instantOf } from '@bangfu/data/instant';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { draftDeclaration } from '@bangfu/domain/industry/declaration';
import { dividendPeriods, isAnybodyThere } from '@bangfu/domain/industry/dividend-period';
import { type LateAlarm, lateAlarms } from '@bangfu/domain/industry/late-alarms';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import type { Caller } from '@bangfu/platform/auth/caller';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { contractFrom, contractTo, memberFrom, memberTo } from '../../db/contract-days.ts';
import { entityVisible } from '../../db/scope.ts';
import type { Tables } from '../../operations.ts';
import { contracts } from '../contracts/shown-contract.ts';
import { alarmsOf, presentNotices } from '../declarations/declaration.repository.ts';
import { nilRows, standingNils } from '../nil-years/nil-year.repository.ts';
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

/** Every ended dividend year of the last years of a contract that nobody declared, with a dividend or without. */
export async function findUndeclared(read: ReadSql<Tables>, caller: Caller, now: Date): Promise<Undeclared[]> {
  const today = businessDayOf(now);
  const since = `${Number(today.slice(0, 4)) - YEARS_BACK}-01-01` as BusinessDay;
  const running = await contracts(read)
    .where('e.state', '=', 'active')
    .where('c.state', '=', 'in-force')
    .where((eb) => eb(contractTo(eb), '>=', since))
    .where((eb) => entityVisible(eb, caller))
    .orderBy('e.name')
    .orderBy('c.number')
    .select(['e.name as entityName', 'e.id as entityId', 'c.id as contractId', 'c.number as contractNumber'])
    .select('c.dividend_year as dividendYear')
    .select((eb) => {
      const listed = eb.selectFrom('contract_household as m').whereRef('m.contract_id', '=', 'c.id');
      const always = listed.where('m.joins_on', 'is', null).where('m.leaves_on', 'is', null);
      const days = listed.distinct().select((m) => [memberFrom(m).as('from'), memberTo(m).as('to')]);
      return [
        contractFrom(eb).as('from'),
        contractTo(eb).as('to'),
        // Null where households are on it for all of its days.
        eb
          .case()
          .when(
            eb.and([eb.exists(listed.select('m.household_id')), eb.not(eb.exists(always.select('m.household_id')))]),
          )
          .then(jsonArrayFrom(days))
          .end()
          .as('spans'),
      ];
    })
    .execute();
  const declared = await read
    .selectFrom('declaration as d')
    .innerJoin('entity as e', 'e.id', 'd.entity_id')
    .where('d.live', 'is', true)
    .where((eb) => entityVisible(eb, caller))
    .select(['d.contract_id as contractId', 'd.period_from as from'])
    .execute();
  const nils = await standingNils(read)
    .where((eb) => entityVisible(eb, caller))
    .select(['n.contract_id as contractId', 'n.period_from as from'])
    .execute();
  const known = new Set([...declared, ...nils].map(({ contractId, from }) => `${contractId} ${from}`));
  return running.flatMap(({ from, to, dividendYear, spans, ...contract }) =>
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
export async function findLate(read: ReadSql<Tables>, caller: Caller, now: Date): Promise<Late[]> {
  const policy = await industryPolicy(read, caller, now);
  const undeclared = (await findUndeclared(read, caller, now)).flatMap(({ entityId, periodEnd, ...of }) => {
    const draft = draftDeclaration(entityId, periodEnd, now);
    const facts = { submittedAt: null, checkedAt: null, isSettled: true };
    return lateAlarms(draft, facts, policy, now).map((alarm): Late => ({ ...of, declarationId: null, ...alarm }));
  });
  const waiting = await nilRows(read)
    .where('z.outcome', 'is', null)
    .where((eb) => entityVisible(eb, caller))
    .execute();
  const unconfirmed = waiting.flatMap(({ entityId, entityName, contractId, contractNumber, year, ...nil }) => {
    const head = { entityId, periodEnd: nil.to, revision: 1, villages: [] };
    const facts = { submittedAt: new Date(nil.declaredAt), checkedAt: null, isSettled: true };
    // It waits for the township as a submitted declaration does.
    const alarms = lateAlarms({ ...head, status: 'submitted' }, facts, policy, now);
    return alarms.map(
      (alarm): Late => ({ entityName, contractId, contractNumber, year, declarationId: null, ...alarm }),
    );
  });
  const open = (await findOpen(read, caller)).flatMap((row) => {
    const { entityName, contractId, contractNumber, declarationId, year } = row;
    return alarmsOf(row, row.isSettled, { policy, now }).flatMap((alarm): Late[] => {
      const villages = alarm.villages.filter((village) => seesNotice(caller, row.entityId, village));
      if (alarm.villages.length > 0 && villages.length === 0) return [];
      return [{ entityName, contractId, contractNumber, declarationId, year, ...alarm, villages }];
    });
  });
  return [...undeclared, ...unconfirmed, ...open];
}
