import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { openWorkbook } from '@bangfu/platform/spreadsheet/open';
import { csvWriter, xlsxWriter } from '@bangfu/platform/spreadsheet/write';

/** A row of the enumerators' sheet by its headers. */
export type SheetCells = Record<string, string>;

/** Reads a workbook as an enumerator's spreadsheet shows it. */
export async function readSheet(bytes: Uint8Array): Promise<{ headers: string[]; rows: SheetCells[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'bangfu-sheet-'));
  try {
    const path = join(folder, 'sheet.xlsx');
    await writeFile(path, bytes);
    const workbook = await openWorkbook(path);
    const all: string[][] = [];
    for await (const batch of workbook.sheets[0]?.rows() ?? []) {
      for (const { cells } of batch) all.push(Array.from(cells, (cell) => cell?.text ?? ''));
    }
    await workbook.close();
    const [headers = [], ...rows] = all;
    return { headers, rows: rows.map((row) => Object.fromEntries(headers.map((name, i) => [name, row[i] ?? '']))) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes rows back as the enumerators' spreadsheet saves them. */
export async function writeSheet(
  headers: readonly string[],
  rows: readonly SheetCells[],
  kind: 'xlsx' | 'csv' = 'xlsx',
): Promise<Buffer> {
  const out = new PassThrough();
  const bytes = buffer(out);
  const columns = headers.map((header) => ({ header, kind: 'text' as const }));
  const writer =
    kind === 'csv' ? await csvWriter(out, { columns }) : await xlsxWriter(out, { sheetName: '调查表', columns });
  for (const row of rows) await writer.write(headers.map((header) => row[header] ?? ''));
  await writer.end();
  return bytes;
}
