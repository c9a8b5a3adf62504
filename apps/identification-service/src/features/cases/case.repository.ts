import { dueDay } from '@bangfu/domain/identification/case/deadline';
import type { CaseEvent, CaseState } from '@bangfu/domain/identification/case/types';
import { closableFrom } from '@bangfu/domain/identification/notice/clock';
import { businessDayOf } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/data/sql';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { likeAny } from '@bangfu/data/scope';
import { conflict, notFound } from '@bangfu/platform/http/refusal';
import { PLACE_NAME } from '../place-name.ts';
import { casePolicyOn } from './case-policy.ts';
import { enteredBy } from './entered-by.ts';

/** A case as a command works on it: its state with its history, and what notices and events say of its household. */
export interface CaseFile {
  readonly id: string;
  readonly countyCode: string;
  readonly householdId: string;
  readonly householdNumber: string;
  readonly headName: string;
  readonly villageCode: string;
  readonly villageName: string;
  readonly townshipName: string;
  readonly noticeId: string | null;
  readonly version: number;
  readonly state: CaseState;
}

/** A case picked by its id, at the version it was looked at where the caller says one. */
export interface PickedCase {
  readonly caseId: string;
  readonly version?: number | undefined;
}

/** A case after a command. `details` is what the paper says beside the events. */
export interface ChangedCase {
  readonly file: CaseFile;
  readonly state: CaseState;
  readonly events: readonly CaseEvent[];
  readonly details: Readonly<Record<string, string>>;
  readonly noticeId: string | null;
}

/** A case's state as its row keeps it: what happened, and who entered the household, lie in tables of their own. */
export type StoredState = Omit<CaseState, 'history' | 'enteredBy'>;

type Row = Omit<CaseFile, 'state'> & { readonly state: StoredState; readonly enteredBy: string[] };

/** The case as answers show it. */
export const changeOf = ({ file, state }: Pick<ChangedCase, 'file' | 'state'>) => ({
  id: file.id,
  status: state.status,
  step: state.pending[0] ?? null,
  version: file.version + 1,
});

/** Which villages count: those of the caller's grants, or all when the public acts. */
export type CaseScope = Caller | 'public';

/**
 * Locks cases, in the order of their ids, so that two batches cannot wait for each other.
 * @throws Refusal 404 when one is unknown or outside the scope, 409 when one is no longer at its version
 */
export async function lockCases(sql: Sql, scope: CaseScope, picked: readonly PickedCase[]): Promise<CaseFile[]> {
  const ids = [...new Set(picked.map(({ caseId }) => caseId))];
  const patterns = scope === 'public' ? ['%'] : likeAny(regionPrefixes(scope));
  const rows = await sql.query<Row>(
    `SELECT c.id, c.county_code AS "countyCode", c.household_id AS "householdId", h.number AS "householdNumber",
       h.head_name AS "headName", c.village_code AS "villageCode", ${PLACE_NAME} AS "villageName", t.name AS "townshipName",
       c.notice_id AS "noticeId", c.version, c.state, ARRAY(${enteredBy('c.household_id')}) AS "enteredBy"
     FROM case_file c JOIN household h ON h.id = c.household_id JOIN region v ON v.id = h.village_id
       JOIN region t ON t.code = v.parent_code
     WHERE c.id = ANY ($1::uuid[]) AND c.village_code LIKE ANY ($2::text[]) ORDER BY c.id FOR UPDATE OF c`,
    [ids, patterns],
  );
  if (rows.length < ids.length) throw notFound();
  const versions = new Map(picked.map(({ caseId, version }) => [caseId, version]));
  const stale = rows.find((row) => (versions.get(row.id) ?? row.version) !== row.version);
  if (stale)
    throw conflict({
      id: stale.id,
      version: stale.version,
      status: stale.state.status,
      step: stale.state.pending[0] ?? null,
    });
  const histories = await readHistories(sql, ids);
  return rows.map(({ enteredBy: accounts, state, ...row }) => ({
    ...row,
    state: { ...state, enteredBy: accounts, history: histories.get(row.id) ?? [] },
  }));
}

/** What happened in each of the cases, in order. */
async function readHistories(sql: Sql, ids: readonly string[]): Promise<Map<string, CaseEvent[]>> {
  const rows = await sql.query<{ id: string; event: CaseEvent }>(
    'SELECT case_id AS id, event FROM case_event WHERE case_id = ANY ($1::uuid[]) ORDER BY case_id, position',
    [[...ids]],
  );
  const histories = new Map<string, CaseEvent[]>();
  for (const { id, event } of rows) {
    const history = histories.get(id);
    if (history) history.push(event);
    else histories.set(id, [event]);
  }
  return histories;
}

const toStored = ({ history: _history, enteredBy: _enteredBy, ...state }: CaseState): string =>
  JSON.stringify(state satisfies StoredState);

const hangsUntil = (state: CaseState): string | null =>
  state.notice ? (closableFrom(state.notice.clock)?.toISOString() ?? null) : null;

/** Writes cases just opened. @returns how many; fewer than given when a household got another open case meanwhile */
export async function insertCases(sql: Sql, opened: readonly ChangedCase[], now: Date): Promise<number> {
  const rows = await sql.query<{ id: string }>(
    `INSERT INTO case_file (id, county_code, household_id, open_household_id, village_code, kind, status, step,
       opened_on, due, state, changed_at)
     SELECT n.id, n.county, n.household, n.household, n.village, n.kind, 'open', n.step, $9::date, n.due, n.state, $10::timestamptz
     FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::date[], $8::jsonb[])
       AS n (id, county, household, village, kind, step, due, state)
     ON CONFLICT (open_household_id) DO NOTHING RETURNING id`,
    [
      opened.map(({ file }) => file.id),
      opened.map(({ file }) => file.countyCode),
      opened.map(({ file }) => file.householdId),
      opened.map(({ file }) => file.villageCode),
      opened.map(({ state }) => state.kind),
      opened.map(({ state }) => state.pending[0] ?? null),
      opened.map(({ state }) => dueDay(state, casePolicyOn)),
      opened.map(({ state }) => toStored(state)),
      Object.values(opened[0]?.state.doneOn ?? {})[0] ?? businessDayOf(now),
      now.toISOString(),
    ],
  );
  return rows.length;
}

/** Writes cases a command has changed; their rows are locked. */
export async function storeCases(sql: Sql, changed: readonly ChangedCase[], now: Date): Promise<void> {
  await sql.query(
    `UPDATE case_file c SET status = n.status, step = n.step, state = n.state, notice_id = n.notice,
       notice_closable_from = n.closable, due = n.due, version = c.version + 1, changed_at = $7::timestamptz,
       open_household_id = CASE WHEN n.status = 'open' THEN c.household_id END
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::uuid[], $6::timestamptz[], $8::date[])
       AS n (id, status, step, state, notice, closable, due) WHERE c.id = n.id`,
    [
      changed.map(({ file }) => file.id),
      changed.map(({ state }) => state.status),
      changed.map(({ state }) => state.pending[0] ?? null),
      changed.map(({ state }) => toStored(state)),
      changed.map(({ noticeId }) => noticeId),
      changed.map(({ state }) => hangsUntil(state)),
      now.toISOString(),
      changed.map(({ state }) => dueDay(state, casePolicyOn)),
    ],
  );
}

/** Adds to the histories of cases what a command did. */
export async function appendHistory(sql: Sql, changed: readonly ChangedCase[], accountName: string): Promise<void> {
  const rows = changed.flatMap(({ file, state, events, details }) =>
    events.map((event, index) => ({
      id: file.id,
      county: file.countyCode,
      position: state.history.length - events.length + index + 1,
      event: JSON.stringify(event),
      details: JSON.stringify(details),
    })),
  );
  await sql.query(
    `INSERT INTO case_event (case_id, county_code, position, event, details, account_name)
     SELECT n.*, $6 FROM unnest($1::uuid[], $2::text[], $3::int[], $4::jsonb[], $5::jsonb[]) AS n`,
    [
      rows.map((row) => row.id),
      rows.map((row) => row.county),
      rows.map((row) => row.position),
      rows.map((row) => row.event),
      rows.map((row) => row.details),
      accountName,
    ],
  );
}
