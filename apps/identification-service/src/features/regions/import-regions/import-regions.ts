import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { importRegions } from '@bangfu/contracts/identification/regions';
import { DomainError, demand } from '@bangfu/domain/shared/errors';
import {
  countyOf,
  levelOf,
  REGION_LEVELS,
  type RegionCode,
  type RegionLevel,
  regionCode,
} from '@bangfu/domain/shared/region';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { regionEstablished } from '@bangfu/events/catalog/identification';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { openWorkbook } from '@bangfu/service-kit/spreadsheet/open';
import type { Identification, Tx } from '../../../db/client.ts';

interface RegionLine {
  readonly code: RegionCode;
  readonly level: RegionLevel;
  readonly name: string;
  readonly parentCode: RegionCode | null;
}

const HEADERS = ['code', 'level', 'name', 'parent_code'] as const;
const MAX_REGIONS = 20_000;

/**
 * Takes a region table whole: new divisions are established, other names or parents recorded as a change, the rest
 * left alone. One wrong line refuses the table and says where (domain §1: a parent is a code prefix).
 * @throws DomainError REGION_TABLE_HEADER, REGION_TABLE_LINE
 */
export async function importRegionTable(service: Identification, actor: Actor, upload: Readable, fileName: string) {
  const lines = await readTable(upload);
  return runCommand(service.transaction, service.newId, importRegions, actor, { fileName, lines }, async (tx) => {
    const known = new Map((await tx.region.findMany()).map((region) => [region.code, region]));
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

async function readTable(upload: Readable): Promise<RegionLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bangfu-regions-'));
  try {
    const path = join(folder, 'table');
    await pipeline(upload, createWriteStream(path, { mode: 0o600 }));
    const workbook = await openWorkbook(path);
    try {
      const lines: RegionLine[] = [];
      let columns: number[] | null = null;
      for await (const batch of workbook.sheets[0]?.rows() ?? []) {
        for (const row of batch) {
          const texts = row.cells.map((cell) => cell?.text.trim() ?? '');
          if (!columns) {
            columns = HEADERS.map((header) => texts.indexOf(header));
            demand(!columns.includes(-1), 'REGION_TABLE_HEADER', { headers: HEADERS.join(', ') });
          } else if (texts.some((text) => text !== '')) {
            lines.push(
              readLine(
                columns.map((at) => texts[at] ?? ''),
                row.number,
              ),
            );
          }
          demand(lines.length <= MAX_REGIONS, 'REGION_TABLE_LINE', { row: row.number });
        }
      }
      demand(lines.length > 0, 'REGION_TABLE_HEADER', { headers: HEADERS.join(', ') });
      return lines;
    } finally {
      await workbook.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function readLine([code = '', level = '', name = '', parent = '']: string[], row: number): RegionLine {
  const isLevel = (REGION_LEVELS as readonly string[]).includes(level);
  if (!/^\d{12}$/.test(code) || !isLevel || name === '' || (parent !== '' && !/^\d{12}$/.test(parent))) {
    throw new DomainError('REGION_TABLE_LINE', { row });
  }
  const line = {
    code: regionCode(code),
    level: level as RegionLevel,
    name,
    parentCode: parent ? regionCode(parent) : null,
  };
  demand(level === 'group' || levelOf(line.code) === level, 'REGION_TABLE_LINE', { row });
  return line;
}
