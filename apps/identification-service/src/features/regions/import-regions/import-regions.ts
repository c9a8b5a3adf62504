import * as contract from '@bangfu/contracts/identification/regions';
import { insertMany } from '@bangfu/data/insert-many';
import type { Transaction } from '@bangfu/data/typed-sql';
import type { Refusal as RowFault } from '@bangfu/domain/shared/errors';
import {
  countyOf,
  isWithin,
  type RegionCode,
  type RegionLevel,
  scopePrefix,
  townshipOf,
} from '@bangfu/domain/shared/region';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { regionEstablished } from '@bangfu/events/catalog/identification';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { goneSignal } from '@bangfu/platform/http/gone';
import { toListProblem } from '@bangfu/platform/http/list-answer';
import { render } from '@bangfu/platform/http/messages';
import { Refusal } from '@bangfu/platform/http/refusal';
import { MESSAGES } from '../../../messages.ts';
import { type Tables, upload } from '../../../operations.ts';
import { beginPeriods, correctPeriod, lockRegions } from '../region.repository.ts';
import { type RegionLine, readTable } from './read-table.ts';

/**
 * Takes a region table whole: new divisions are established, other names or parents recorded as a change, the rest
 * left alone. Where divisions lie (经纬度, 相邻行政区划) may be in it: two columns that a county fills when it has them.
 * A wrong line refuses the table, and each that is wrong is named (domain §1: a parent is a code prefix).
 * @throws DomainError of `readTable`; Refusal REGION_TABLE_WRONG
 */
export const importRegions = upload(
  contract.importRegions,
  ({ upload: table, response }) => readTable(table, goneSignal(response)),
  async ({ query, brought, tx, caller, now, language, newId, audit, emit }) => {
    const { lines, faults, wrong, warnings } = brought;
    const prefixes = regionPrefixes(caller);
    const outside = lines
      .filter(({ code }) => !isTheirs(prefixes, code))
      .map(({ row, code }) => ({ code: 'REGION_TABLE_OUTSIDE', params: { row, code } }));
    await lockRegions(tx);
    const known = await knownRegions(tx);
    const stray = strayed(lines, (code) => known.get(code)?.level).filter(
      ({ params }) => !wrong.includes(String(params['parent'])),
    );
    refuseFaults([...faults, ...outside, ...stray], language);
    const created = lines.filter((line) => !known.has(line.code));
    const changed = lines.filter((line) => {
      const before = known.get(line.code);
      return (
        before && (before.name !== line.name || before.parentCode !== line.parentCode || isElsewhere(before, line))
      );
    });
    const ids = new Map(created.map((line) => [line.code, newId()]));
    await insertMany(
      tx.sql,
      'region',
      created.map((line) => ({
        id: ids.get(line.code) ?? '',
        county_code: countyOf(line.code),
        code: line.code,
        level: line.level,
        name: line.name,
        parent_code: line.parentCode,
        ...whereOf(line),
        valid_from: businessDayOf(now),
      })),
    );
    await beginPeriods(
      tx,
      created.map((line) => ({ ...line, id: ids.get(line.code) ?? '' })),
      newId,
    );
    for (const line of changed) {
      const before = known.get(line.code);
      await update(tx, line, before);
      if (before) await correctPeriod(tx, { ...line, id: before.id });
    }
    audit.entry('region-table', query.name, {
      create: created.length,
      change: changed.map((line) => [known.get(line.code)?.name, line.name]),
    });
    const touched = [...created, ...changed];
    for (const line of touched) {
      const event = regionEstablished.of(countyOf(line.code), {
        id: ids.get(line.code) ?? known.get(line.code)?.id ?? '',
        code: line.code,
        level: line.level,
        name: line.name,
        parentCode: line.parentCode,
        ...whereOf(line, known.get(line.code)),
      });
      emit(event);
    }
    return {
      regions: { create: created.length, change: changed.length, unchanged: lines.length - touched.length },
      warnings: warnings.map((issue) => toListProblem(issue, language)),
    };
  },
);

interface Where {
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly neighbours: string[];
}

async function knownRegions(tx: Transaction<Tables>) {
  const rows = await tx.sql
    .selectFrom('region')
    .select(['id', 'code', 'level', 'name', 'parent_code as parentCode', 'longitude', 'latitude', 'neighbours'])
    .execute();
  return new Map<string, (typeof rows)[number]>(rows.map((region) => [region.code, region]));
}

async function update(tx: Transaction<Tables>, line: RegionLine, before: Where | undefined): Promise<void> {
  await tx.sql
    .updateTable('region')
    .set((eb) => ({
      name: line.name,
      parent_code: line.parentCode,
      ...whereOf(line, before),
      version: eb('version', '+', 1),
    }))
    .where('code', '=', line.code)
    .execute();
}

/** Where a division lies by its line; what the line does not say stays as it was. */
function whereOf({ position, neighbours }: RegionLine, before?: Where): Where {
  return {
    longitude: position?.longitude ?? before?.longitude ?? null,
    latitude: position?.latitude ?? before?.latitude ?? null,
    neighbours: neighbours.length > 0 ? [...neighbours] : (before?.neighbours ?? []),
  };
}

/** Whether a line says of a division that it lies elsewhere than is known. */
function isElsewhere(before: Where, line: RegionLine): boolean {
  const after = whereOf(line, before);
  const isSame = after.longitude === before.longitude && after.latitude === before.latitude;
  return !isSame || after.neighbours.join() !== before.neighbours.join();
}

/** A division within the caller's scope, or the province and prefecture above it, which the county's table begins with. */
const isTheirs = (prefixes: readonly string[], code: RegionCode) =>
  prefixes.some((prefix) => code.startsWith(prefix) || prefix.startsWith(scopePrefix(code)));

/** What a division of a level may lie in; province, prefecture and county may stand without. */
const ABOVE: Readonly<Record<RegionLevel, readonly RegionLevel[]>> = {
  province: [],
  prefecture: ['province'],
  county: ['prefecture', 'province'],
  township: ['county'],
  village: ['township'],
  group: ['village'],
};
const NEEDS_PARENT: readonly RegionLevel[] = ['township', 'village', 'group'];

/** REGION_TABLE_PARENT of each line whose parent is not the division its code lies in. */
function strayed(lines: readonly RegionLine[], known: (code: RegionCode) => RegionLevel | undefined): RowFault[] {
  const told = new Map(lines.map(({ code, level }) => [code, level]));
  const fits = ({ code, level, parentCode }: RegionLine) => {
    if (parentCode === null) return !NEEDS_PARENT.includes(level);
    const parentLevel = told.get(parentCode) ?? known(parentCode);
    // A village's code has no digit left for its groups: theirs lie in its township.
    const within = level === 'group' ? townshipOf(parentCode) : parentCode;
    return parentLevel !== undefined && ABOVE[level].includes(parentLevel) && isWithin(code, within);
  };
  return lines
    .filter((line) => !fits(line))
    .map(({ row, parentCode }) => ({ code: 'REGION_TABLE_PARENT', params: { row, parent: parentCode ?? '' } }));
}

/** As many rows as a person goes through before the next try. */
const MOST_NAMED = 200;

/** @throws Refusal REGION_TABLE_WRONG with how many rows are wrong, and the first of them by their rows, unless there is none */
function refuseFaults(faults: readonly RowFault[], language: 'zh' | 'en'): void {
  if (faults.length === 0) return;
  const rowOf = ({ params }: RowFault) => Number(params['row']);
  const inOrder = [...faults].sort((a, b) => rowOf(a) - rowOf(b));
  throw new Refusal(422, 'REGION_TABLE_WRONG', {
    params: { rows: new Set(faults.map(rowOf)).size },
    errors: inOrder.slice(0, MOST_NAMED).map((fault) => ({
      path: String(rowOf(fault)),
      message: render(MESSAGES, fault.code, fault.params, language),
    })),
  });
}
