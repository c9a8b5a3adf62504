import { inRegions } from '@bangfu/data/scope';
import { insertMany } from '@bangfu/data/insert-many';
import type { ReadSql, Transaction } from '@bangfu/data/typed-sql';
import { dueDay } from '@bangfu/domain/identification/case/deadline';
import type { CaseEvent, CaseState } from '@bangfu/domain/identification/case/types';
import { closableFrom } from '@bangfu/domain/identification/notice/clock';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { conflict, notFound } from '@bangfu/platform/http/refusal';
import { sql } from 'kysely';
import type { Tables } from '../../operations.ts';
import { placeNameOf } from '../place-name.ts';
import { UPDATE_CASES } from './case.sql.ts';
import { casePolicies } from './case-policy.ts';
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
  /** The version of the policy that decided the events; null where none did. */
  readonly policyId: string | null;
}

/** A case's state as its row keeps it: what happened, and who entered the household, lie in tables of their own. */
type StoredState = Omit<CaseState, 'history' | 'enteredBy'>;

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
export async function lockCases(
  { sql: write }: Transaction<Tables>,
  scope: CaseScope,
  picked: readonly PickedCase[],
): Promise<CaseFile[]> {
  const ids = [...new Set(picked.map(({ caseId }) => caseId))];
  let named = write
    .selectFrom('case_file as c')
    .innerJoin('household as h', 'h.id', 'c.household_id')
    .innerJoin('region as v', 'v.id', 'h.village_id')
    .innerJoin('region as t', 't.code', 'v.parent_code')
    .where('c.id', 'in', ids);
  if (scope !== 'public') named = named.where((eb) => inRegions(eb.ref('c.village_code'), regionPrefixes(scope)));
  const rows = await named
    .orderBy('c.id')
    .forUpdate('c')
    .select(['c.id', 'c.county_code as countyCode', 'c.household_id as householdId', 'h.number as householdNumber'])
    .select(['h.head_name as headName', 'c.village_code as villageCode', 't.name as townshipName'])
    .select(['c.notice_id as noticeId', 'c.version', 'c.state'])
    .select(({ ref }) => [
      placeNameOf(ref('v.name')).as('villageName'),
      sql<string[]>`array${enteredBy(ref('c.household_id'))}`.as('enteredBy'),
    ])
    .execute();
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
  const histories = await readHistories(write, ids);
  return rows.map(({ enteredBy: accounts, state, ...row }) => ({
    ...row,
    state: { ...state, enteredBy: accounts, history: histories.get(row.id) ?? [] },
  }));
}

/** What happened in each of the cases, in order. */
async function readHistories(read: ReadSql<Tables>, ids: readonly string[]): Promise<Map<string, CaseEvent[]>> {
  const rows = await read
    .selectFrom('case_event')
    .where('case_id', 'in', ids)
    .orderBy('case_id')
    .orderBy('position')
    .select(['case_id as id', 'event'])
    .execute();
  const histories = Map.groupBy(rows, ({ id }) => id);
  return new Map([...histories].map(([id, events]) => [id, events.map(({ event }) => event)]));
}

const toStored = ({ history: _history, enteredBy: _enteredBy, ...state }: CaseState): string =>
  JSON.stringify(state satisfies StoredState);

const hangsUntil = (state: CaseState): Date | null => (state.notice ? closableFrom(state.notice.clock) : null);

/** Writes cases just opened. @returns how many; fewer than given when a household got another open case meanwhile */
export async function insertCases(
  { sql: write }: Transaction<Tables>,
  opened: readonly ChangedCase[],
  now: Date,
): Promise<number> {
  if (opened.length === 0) return 0;
  const policyOn = await casePolicies(write, opened[0]?.file.countyCode ?? '');
  const openedOn = Object.values(opened[0]?.state.doneOn ?? {})[0] ?? businessDayOf(now);
  const rows = await write
    .insertInto('case_file')
    .values(
      opened.map(({ file, state }) => ({
        id: file.id,
        county_code: file.countyCode,
        household_id: file.householdId,
        open_household_id: file.householdId,
        village_code: file.villageCode,
        kind: state.kind,
        status: 'open' as const,
        step: state.pending[0] ?? null,
        opened_on: openedOn,
        due: dueDay(state, policyOn),
        state: toStored(state),
        changed_at: now,
      })),
    )
    .onConflict((there) => there.column('open_household_id').doNothing())
    .returning('id')
    .execute();
  return rows.length;
}

/** Writes cases a command has changed; their rows are locked. */
export async function storeCases(
  { client, sql: read }: Transaction<Tables>,
  changed: readonly ChangedCase[],
  now: Date,
): Promise<void> {
  const policyOn = await casePolicies(read, changed[0]?.file.countyCode ?? '');
  await UPDATE_CASES.run(
    client,
    now,
    changed.map(({ file }) => file.id),
    changed.map(({ state }) => state.status),
    changed.map(({ state }) => state.pending[0] ?? null),
    changed.map(({ state }) => toStored(state)),
    changed.map(({ noticeId }) => noticeId),
    changed.map(({ state }) => hangsUntil(state)),
    changed.map(({ state }) => dueDay(state, policyOn)),
  );
}

/** Adds to the histories of cases what a command did. */
export async function appendHistory(
  { sql: write }: Transaction<Tables>,
  changed: readonly ChangedCase[],
  accountName: string,
): Promise<void> {
  const rows = changed.flatMap(({ file, state, events, details, policyId }) =>
    events.map((event, index) => ({
      case_id: file.id,
      county_code: file.countyCode,
      position: state.history.length - events.length + index + 1,
      event: JSON.stringify(event),
      details: JSON.stringify(details),
      policy_id: policyId,
      account_name: accountName,
    })),
  );
  await insertMany(write, 'case_event', rows);
}
