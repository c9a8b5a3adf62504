import type { Readable } from 'node:stream';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { importRegions } from '@bangfu/contracts/identification/regions';
import { demand } from '@bangfu/domain/shared/errors';
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
import { regionPrefixes } from '@bangfu/service-kit/auth/caller';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { toListProblem } from '@bangfu/service-kit/http/list-answer';
import type { Identification, Tx } from '../../../db/client.ts';
import { type RegionLine, readTable } from './read-table.ts';

/** Two tables at once would both find a new division missing. */
const REGIONS_LOCK = 7_302_002;

/**
 * Takes a region table whole: new divisions are established, other names or parents recorded as a change, the rest
 * left alone. One wrong line refuses the table and says where (domain §1: a parent is a code prefix).
 * @throws DomainError of `readTable`; REGION_TABLE_PARENT, REGION_TABLE_OUTSIDE
 */
export async function importRegionTable(
  service: Identification,
  actor: Actor & { readonly language: 'zh' | 'en' },
  upload: Readable,
  fileName: string,
): Promise<AnswerOf<typeof importRegions>> {
  const { lines, warnings } = await readTable(upload);
  const prefixes = regionPrefixes(actor.caller);
  for (const { row, code } of lines) demand(isTheirs(prefixes, code), 'REGION_TABLE_OUTSIDE', { row, code });
  const asked = { fileName, lines: lines.map(({ row: _row, ...line }) => line) };
  return runCommand(service.transaction, service.newId, importRegions, actor, asked, async (tx, sql) => {
    await sql.query('SELECT pg_advisory_xact_lock($1::bigint)::text', [REGIONS_LOCK]);
    const known = new Map((await tx.region.findMany()).map((region) => [region.code, region]));
    refuseStrayed(lines, (code) => known.get(code)?.level as RegionLevel | undefined);
    const created = lines.filter((line) => !known.has(line.code));
    const changed = lines.filter((line) => {
      const before = known.get(line.code);
      return before && (before.name !== line.name || before.parentCode !== line.parentCode);
    });
    const today = businessDayOf(actor.now);
    const ids = new Map(created.map((line) => [line.code, service.newId(actor.now)]));
    await tx.region.createMany({
      data: created.map((line) => ({
        id: ids.get(line.code) ?? '',
        countyCode: countyOf(line.code),
        code: line.code,
        level: line.level,
        name: line.name,
        parentCode: line.parentCode,
        validFrom: new Date(today),
      })),
    });
    for (const line of changed) await rename(tx, line);
    const touched = [...created, ...changed];
    return {
      answer: {
        regions: { create: created.length, change: changed.length, unchanged: lines.length - touched.length },
        warnings: warnings.map((issue) => toListProblem(issue, actor.language)),
      },
      audit: [
        {
          action: importRegions.audit ?? '',
          recordType: 'region-table',
          recordId: fileName,
          change: { create: created.length, change: changed.map((line) => [known.get(line.code)?.name, line.name]) },
        },
      ],
      events: touched.map((line) =>
        regionEstablished.of(countyOf(line.code), {
          id: ids.get(line.code) ?? known.get(line.code)?.id ?? '',
          code: line.code,
          level: line.level,
          name: line.name,
          parentCode: line.parentCode,
        }),
      ),
    };
  });
}

async function rename(tx: Tx, line: RegionLine): Promise<void> {
  await tx.region.update({
    where: { code: line.code },
    data: { name: line.name, parentCode: line.parentCode, version: { increment: 1 } },
  });
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

/** @throws DomainError REGION_TABLE_PARENT on the first line whose parent is not the division its code lies in */
function refuseStrayed(lines: readonly RegionLine[], known: (code: RegionCode) => RegionLevel | undefined): void {
  const told = new Map(lines.map(({ code, level }) => [code, level]));
  for (const { row, code, level, parentCode } of lines) {
    if (parentCode === null) {
      demand(!NEEDS_PARENT.includes(level), 'REGION_TABLE_PARENT', { row, parent: '' });
      continue;
    }
    const parentLevel = told.get(parentCode) ?? known(parentCode);
    // A village's code has no digit left for its groups: theirs lie in its township.
    const within = level === 'group' ? townshipOf(parentCode) : parentCode;
    const fits = parentLevel !== undefined && ABOVE[level].includes(parentLevel) && isWithin(code, within);
    demand(fits, 'REGION_TABLE_PARENT', { row, parent: parentCode });
  }
}
