import type { PoolClient } from '@bangfu/data/pool';
import type { RegionChange } from '@bangfu/contracts/identification/regions';
import type { Known, PlannedLine } from '@bangfu/domain/identification/regions/plan-change';
import { DomainError, demand } from '@bangfu/domain/shared/errors';
import { townshipOf } from '@bangfu/domain/shared/region';
import type { RegionChangeKind } from '@bangfu/domain/shared/region-change';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { regionChanged, type RegionChanged } from '@bangfu/events/catalog/identification';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Given } from '@bangfu/platform/operation/operation';
import { followRegions, mainSuccessors, successorsOf } from '@bangfu/platform/regions/follow-regions';
import type { Tables } from '../../operations.ts';
import { REGION_COLUMNS } from '../../region-columns.ts';
import { waitForImports } from '../../register/import-turn.ts';
import { keepHistory } from '../../register/history.ts';
import { MOVES } from './moved-households.ts';
import { countyDivisions, earlierCodes, lastChangeOf, lockRegions, storeDivisions } from './region.repository.ts';
import { COUNT_MOVES, MOVE_HOUSEHOLDS } from './region.sql.ts';

/** What every change of divisions is decided with. */
interface Decision {
  readonly on: string;
  readonly document: string;
  readonly dryRun: boolean;
}

/** A plan, with the households of a village that do not go to its main successor. */
interface Plan {
  readonly lines: readonly PlannedLine[];
  readonly households?: RegionChanged['households'];
}

/** What a change is made of. */
interface Change {
  readonly kind: RegionChangeKind;
  readonly decision: Decision;
  /** The codes that the caller names: all of them lie in what they are in charge of. */
  readonly codes: readonly string[];
  plan(known: Known): Promise<Plan>;
}

/** Refuses codes outside of what the caller is in charge of, as if there were none. @throws Refusal 404 */
function requireInScope({ caller }: Given<Tables>, codes: readonly string[]): void {
  const prefixes = regionPrefixes(caller);
  if (!codes.every((code) => prefixes.some((prefix) => code.startsWith(prefix)))) throw notFound();
}

/** @throws DomainError REGION_DAY_FUTURE, REGION_DAY_BEFORE */
async function requireDay({ tx, now }: Given<Tables>, { on }: Decision, lines: readonly PlannedLine[], known: Known) {
  demand(on <= businessDayOf(now), 'REGION_DAY_FUTURE');
  const concerned = new Set(lines.filter(({ kind }) => kind !== null).map(({ from }) => from));
  const ids = known.divisions.filter(({ code }) => concerned.has(code)).map(({ id }) => id);
  const day = await lastChangeOf(tx, ids);
  if (day !== null && on < day) throw new DomainError('REGION_DAY_BEFORE', { day });
}

/** The lines of the code map that travels; each village with the name of its township of then. */
function codesOf(lines: readonly PlannedLine[], known: Known) {
  const names = new Map(known.divisions.map(({ code, name }) => [code, name]));
  for (const { to } of lines) if (to) names.set(to.code, to.name);
  const before = new Map(known.divisions.map((division) => [division.code, division]));
  return lines.map(({ from, to }) => {
    const division = to ?? before.get(from);
    if (!division) throw new Error(`no division ${from}`);
    const { id, level, name, parentCode } = division;
    const townshipName = level === 'village' ? (names.get(townshipOf(division.code)) ?? null) : null;
    return { from, to: to?.code ?? null, id, level, name, parentCode, townshipName };
  });
}

/** Where households go, as the statements take it: the villages that change, and those who go elsewhere. */
function movesOf({ codes, households }: Pick<RegionChanged, 'codes' | 'households'>): [string, string] {
  const villages = codes.filter(({ level }) => level === 'village');
  const main = mainSuccessors(villages);
  const lines = villages.map(({ from, to, id }) => ({ from, to, main: main.get(from) ?? null, id }));
  return [JSON.stringify(lines), successorsOf({ households })];
}

async function moveHouseholds(client: PoolClient, moves: [string, string], now: Date, on: string): Promise<number> {
  await keepHistory(client, MOVES, moves, { at: now, importId: null });
  return MOVE_HOUSEHOLDS.run(client, ...moves, now, on);
}

/**
 * Changes divisions from a day on by a document: the divisions with their periods, the households in them, every current
 * column of this service, and an event that the others follow. A dry run only says what would change.
 * @throws DomainError of the plan, REGION_DAY_FUTURE, REGION_DAY_BEFORE, IMPORT_OTHER_RUNNING; Refusal 404
 */
export async function changeRegions(
  call: Given<Tables>,
  { kind, decision, codes: named, plan }: Change,
): Promise<RegionChange> {
  const { tx, caller, now, newId, audit, emit } = call;
  requireInScope(call, named);
  await waitForImports(tx.client);
  await lockRegions(tx);
  const { countyCode } = caller;
  const known: Known = {
    divisions: await countyDivisions(tx, countyCode),
    earlier: await earlierCodes(tx, countyCode),
    newId,
  };
  const { lines, households: chosen = [] } = await plan(known);
  await requireDay(call, decision, lines, known);
  const codes = codesOf(lines, known);
  const changed = lines.flatMap(({ from, to, kind: how }) => (how ? [{ from, to: to?.code ?? null, kind: how }] : []));
  const moves = movesOf({ codes, households: chosen });
  const answer = { changed, codes: codes.map(({ from, to, level }) => ({ from, to, level })) };
  if (decision.dryRun) {
    audit.nothing();
    const { households } = await COUNT_MOVES.row(tx.client, ...moves);
    return { id: null, ...answer, households };
  }
  const changeId = newId();
  const { on, document } = decision;
  await storeDivisions(tx, known.divisions, lines, { changeId, on, document, now, newId });
  const households = await moveHouseholds(tx.client, moves, now, on);
  await followRegions(tx.sql, REGION_COLUMNS.current, { codes, households: chosen });
  const row = { id: changeId, county_code: countyCode, kind, day: on, document, households };
  await tx.sql
    .insertInto('region_change')
    .values({
      ...row,
      changed: JSON.stringify(changed),
      account_id: caller.id,
      account_name: caller.name,
      recorded_at: now,
    })
    .execute();
  audit.entry('region-change', changeId, { kind, on, document, changed, households });
  emit(regionChanged.of(countyCode, { changeId, kind, on, document, codes, households: chosen }));
  return { id: changeId, ...answer, households };
}
