import type { Response } from 'express';
import { readBatches } from '@bangfu/data/batches';
import { isPoolBusy } from '@bangfu/data/failure';
import type { Pool, PoolClient } from '@bangfu/data/pool';
import { CompiledQuery } from 'kysely';
import { Refusal } from '../http/refusal.ts';
import { csvWriter, type ExportColumn, type ExportValue, xlsxWriter } from './write.ts';

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
const BATCH = 2000;
/** A reader who takes nothing for so long has gone away. */
const STALLED_MS = 60_000;

/** What a downloaded list is called and written in; `name` is without its ending. */
export interface FileHead {
  readonly name: string;
  readonly format: keyof typeof TYPES;
}

/** The file that rows are sent as. */
export interface RowFile extends FileHead {
  readonly sheetName: string;
  readonly columns: readonly ExportColumn[];
}

/** Says of a response that it is a downloaded list. */
export function sendHead(response: Response, { name, format }: FileHead): void {
  response.setTimeout(STALLED_MS, () => response.destroy());
  response.setHeader('content-type', TYPES[format]);
  response.setHeader('cache-control', 'no-store');
  response.setHeader('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${name}.${format}`)}`);
}

/**
 * Streams the rows of a query as a download. A reader on a slow line holds one of the few connections kept for files,
 * and nobody else's work waits for him.
 * @throws Refusal 503 when all of these are taken for long, before anything was sent; ReaderGone
 */
export async function sendRows<Row>(
  filePool: Pool,
  response: Response,
  file: RowFile,
  query: { readonly sql: string; readonly params: readonly unknown[] } | CompiledQuery<Row>,
  cells: (row: Row) => readonly ExportValue[],
): Promise<void> {
  const compiled = 'params' in query ? (CompiledQuery.raw(query.sql, [...query.params]) as CompiledQuery<Row>) : query;
  const client = await takeFileClient(filePool);
  try {
    const { format, sheetName, columns } = file;
    sendHead(response, file);
    const writer =
      format === 'csv' ? await csvWriter(response, { columns }) : await xlsxWriter(response, { sheetName, columns });
    for await (const rows of readBatches(client, compiled, BATCH)) {
      for (const row of rows) await writer.write(cells(row));
    }
    await writer.end();
  } finally {
    client.release();
  }
}

/** A connection for reading what goes into a file. @throws Refusal 503 when all are taken for long */
export async function takeFileClient(filePool: Pool): Promise<PoolClient> {
  try {
    return await filePool.connect();
  } catch (error) {
    if (isPoolBusy(error)) throw new Refusal(503, 'FILES_BUSY');
    throw error;
  }
}
