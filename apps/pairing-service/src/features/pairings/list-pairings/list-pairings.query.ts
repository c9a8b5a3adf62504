import type { QueryOf } from '@bangfu/contracts/core/operation';
import { HOUSEHOLD_STATUSES, type listPairings, type PairedHousehold } from '@bangfu/contracts/pairing/pairings';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/data/sql';
import { type Caller, readsMasked } from '@bangfu/platform/auth/caller';
import { byDay, byId, byName, byNumber, byPerson, byStage, byText, listOrder, nullable } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { readPage } from '@bangfu/platform/http/page';
import { nameBegins, numberBegins, searchPattern } from '@bangfu/platform/search/name-search';
import type { Pairing } from '../../../db/client.ts';
import { householdVisible, visibleTo } from '../../../db/visible.ts';
import { policyOn } from '../../policy/policy.repository.ts';
import {
  COMING_DAY,
  dueParams,
  dueTables,
  LAST_VISIT,
  PAIRED_COLUMNS,
  PAIRED_TABLES,
  type PairedRow,
  shownPairing,
} from '../standing.ts';

type Query = QueryOf<typeof listPairings>;

const STATES: Readonly<Record<Query['state'], string>> = {
  all: "(h.status <> 'none' OR h.monitored OR l.id IS NOT NULL)",
  paired: 'l.id IS NOT NULL',
  without: "l.id IS NULL AND h.status IN ('registered', 'returned')",
  coming: `${COMING_DAY} IS NOT NULL`,
  overdue: 'l.id IS NOT NULL AND standing.overdue_days > 0',
  due: 'l.id IS NOT NULL AND (standing.due_by IS NOT NULL OR standing.overdue_days > 0)',
};

const NUMBER = byText('h.number');
const ORDER = listOrder<Query>(
  {
    number: NUMBER,
    headName: byPerson('h.head_name'),
    villageName: byText('h.village_code'),
    memberCount: byNumber('h.member_count'),
    status: byStage('h.status', HOUSEHOLD_STATUSES),
    mainCause: nullable(byText('h.main_cause')),
    'helper.name': nullable(byName('c.name')),
    'helper.unitName': nullable(byName('u.name')),
    'helper.since': nullable(byDay('l.valid_from')),
    'coming.day': nullable(byDay(COMING_DAY)),
    'visits.lastVisit': nullable(byDay(LAST_VISIT)),
    'visits.overdueDays': nullable(byNumber('CASE WHEN l.id IS NOT NULL THEN standing.overdue_days END')),
  },
  [NUMBER, byId('h.id')],
);

/** One page of households with their helpers and where their visits stand, by number. */
export async function findPairings(
  service: Pairing,
  caller: Caller,
  query: Query,
  now: Date,
): Promise<{ rows: PairedHousehold[]; total: number; next: string | null }> {
  const pool = readsOf(service, caller);
  const today = businessDayOf(now);
  const { content } = await policyOn(pgSql(pool), caller.countyCode, today);
  const isByDue = query.sort?.endsWith('visits.overdueDays') ?? false;
  const waits = query.state === 'overdue' || query.state === 'due' || isByDue;
  const tables = `${PAIRED_TABLES} ${waits ? dueTables(10) : ''}`;
  const where = `NOT h.withdrawn AND ${householdVisible(1)} AND ${STATES[query.state]}
    AND ($6::text IS NULL OR h.village_code LIKE $6) AND ($7::text IS NULL OR ${numberBegins('h.number', '$7')} OR ${nameBegins('h.head_name', '$7')}
      OR ${nameBegins('c.name', '$7')} OR ${nameBegins('h.village_name', '$7')}) AND ($8::uuid IS NULL OR l.unit_id = $8) AND ($9::uuid IS NULL OR l.cadre_id = $9)`;
  const params = [
    ...visibleTo(caller, today),
    query.region ? `${scopePrefix(query.region as RegionCode)}%` : null,
    searchPattern(query.search),
    query.unit ?? null,
    query.helper ?? null,
    ...(waits ? dueParams(today, content.visits) : []),
  ];
  const list = { columns: PAIRED_COLUMNS, from: `FROM ${tables} WHERE ${where}`, params };
  const page = await readPage<PairedRow>(pgSql(pool), ORDER, query, list, readsMasked(caller));
  return { ...page, rows: page.rows.map((row) => shownPairing(row, today, content.visits)) };
}
