import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError, demand, type Refusal, refusalOf } from '@bangfu/domain/shared/errors';
import { levelOf, REGION_LEVELS, type RegionCode, type RegionLevel, regionCode } from '@bangfu/domain/shared/region';
import type { ListColumn } from '@bangfu/platform/spreadsheet/list-header';
import { type ListIssue, readList } from '@bangfu/platform/spreadsheet/read-list';

/** A line of the region table, with the row it stands in. */
export interface RegionLine {
  readonly row: number;
  readonly code: RegionCode;
  readonly level: RegionLevel;
  readonly name: string;
  readonly parentCode: RegionCode | null;
  /** Where it lies, where the table says it (经纬度): WGS 84 degrees. */
  readonly position: { readonly longitude: number; readonly latitude: number } | null;
  /** The divisions beside it (相邻行政区划). */
  readonly neighbours: readonly RegionCode[];
}

/** The lines of a region table, what is wrong with the others, and what of the file was not read. */
export interface RegionTable {
  readonly lines: readonly RegionLine[];
  /** REGION_TABLE_CELL, REGION_TABLE_LINE, REGION_TABLE_TWICE, each with its row. */
  readonly faults: readonly Refusal[];
  /** The codes that stand in wrong rows: who lies in one of them has a parent all the same. */
  readonly wrong: readonly string[];
  readonly warnings: readonly ListIssue[];
}

type Column = 'code' | 'level' | 'name' | 'parent' | 'position' | 'neighbours';
const COLUMNS: readonly ListColumn<Column>[] = [
  { key: 'code', headers: ['code', '区划代码', '代码'], kind: 'number' },
  { key: 'level', headers: ['level', '级别', '层级'] },
  { key: 'name', headers: ['name', '名称', '区划名称'] },
  { key: 'parent', headers: ['parent_code', '上级代码', '上级区划代码'], kind: 'number' },
  { key: 'position', headers: ['position', '经纬度', '坐标'], optional: true },
  { key: 'neighbours', headers: ['neighbours', '相邻行政区划', '相邻村'], kind: 'numbers', optional: true },
];
const MAX_REGIONS = 20_000;
/** Twenty thousand lines with room. */
const LARGEST_TABLE = 10 * 1024 * 1024;

/**
 * Reads a region table to its end, whatever is wrong with single rows.
 * @param signal ends the reading when nobody waits for it any more
 * @throws DomainError FILE_TOO_LARGE and those of `readList`
 */
export async function readTable(upload: Readable, signal: AbortSignal): Promise<RegionTable> {
  const folder = await mkdtemp(join(tmpdir(), 'bangfu-regions-'));
  try {
    const path = join(folder, 'table');
    await pipeline(upload, atMost(LARGEST_TABLE), createWriteStream(path, { mode: 0o600 }));
    const { rows, problems, warnings } = await readList(path, COLUMNS, {
      mostRows: MAX_REGIONS,
      signal,
      codes: { header: 'REGION_TABLE_HEADER', empty: 'REGION_TABLE_HEADER' },
    });
    const lines: RegionLine[] = [];
    const faults: Refusal[] = problems.map(({ row, column, value }) => ({
      code: 'REGION_TABLE_CELL',
      params: { row, column, value },
    }));
    // A row with a cell that cannot be read is told once.
    const told = new Set(problems.map(({ row }) => row));
    const wrong = new Set<string>();
    for (const { values, row } of rows) {
      if (!told.has(row)) {
        const fault = refusalOf(() => lines.push(readLine(values, row)));
        if (!fault) continue;
        faults.push(fault);
      }
      wrong.add(values.code);
    }
    return { lines, faults: [...faults, ...repeated(lines)], wrong: [...wrong], warnings };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Passes so many bytes on; the rest is read and thrown away, as a body left half-read spoils its connection. */
function atMost(bytes: number) {
  return async function* (chunks: AsyncIterable<Buffer>) {
    let size = 0;
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size <= bytes) yield chunk;
    }
    demand(size <= bytes, 'FILE_TOO_LARGE', { megabytes: bytes / 1_048_576 });
  };
}

function readLine(
  { code, level, name, parent, position, neighbours }: Readonly<Record<Column, string>>,
  row: number,
): RegionLine {
  const isLevel = (REGION_LEVELS as readonly string[]).includes(level);
  if (!/^\d{12}$/.test(code) || !isLevel || name === '' || (parent !== '' && !/^\d{12}$/.test(parent))) {
    throw new DomainError('REGION_TABLE_LINE', { row });
  }
  const line = {
    row,
    code: regionCode(code),
    level: level as RegionLevel,
    name,
    parentCode: parent ? regionCode(parent) : null,
    position: readPosition(position, row),
    neighbours: readNeighbours(neighbours, row),
  };
  demand(level === 'group' || levelOf(line.code) === level, 'REGION_TABLE_LINE', { row });
  return line;
}

/** Reads longitude and latitude in degrees, parted by a comma or a blank; empty is unknown. */
function readPosition(text: string, row: number): RegionLine['position'] {
  if (!text.trim()) return null;
  const parts = text
    .trim()
    .split(/[\s,，;；]+/)
    .map(Number);
  const [longitude = Number.NaN, latitude = Number.NaN] = parts;
  const isOnGlobe = Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
  demand(parts.length === 2 && isOnGlobe, 'REGION_TABLE_POSITION', { row, value: text });
  return { longitude, latitude };
}

/** Reads the codes of the divisions beside a division, parted by commas, semicolons or blanks. */
function readNeighbours(text: string, row: number): RegionCode[] {
  const codes = text.split(/[\s,，;；、]+/).filter(Boolean);
  const wrong = codes.find((code) => !/^\d{12}$/.test(code));
  demand(wrong === undefined && codes.length <= 50, 'REGION_TABLE_NEIGHBOUR', { row, value: wrong ?? text });
  return [...new Set(codes)].sort().map((code) => regionCode(code));
}

function repeated(lines: readonly RegionLine[]): Refusal[] {
  const rows = new Map<RegionCode, number>();
  return lines.flatMap(({ code, row }) => {
    const first = rows.get(code);
    if (first !== undefined) return [{ code: 'REGION_TABLE_TWICE', params: { row, first, code } }];
    rows.set(code, row);
    return [];
  });
}
