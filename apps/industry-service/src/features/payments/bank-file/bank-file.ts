import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { downloadBankFile as operation, type PaymentBatch } from '@bangfu/contracts/industry/payments';
import { type BankFileFormat, demandFetchable } from '@bangfu/domain/industry/batch';
import { pgSql } from '@bangfu/data/sql';
import { writeAudit } from '@bangfu/platform/audit/entry';
import { inBatches } from '@bangfu/data/batches';
import type { StoredFile } from '@bangfu/platform/files/store';
import { sendHead, takeFileClient } from '@bangfu/platform/spreadsheet/send-rows';
import { csvWriter, type ExportColumn, xlsxWriter } from '@bangfu/platform/spreadsheet/write';
import type { Reader } from '@bangfu/platform/steps';
import type { Response } from 'express';
import type { Industry } from '../../../db/client.ts';
import { findBatch, getPaymentBatch } from '../list-batches/list-batches.query.ts';
import { LINE_ACCOUNT } from '../../../db/sealed.ts';

const LARGEST_FILE = 200 * 1024 * 1024;
const ROWS_A_READ = 2000;
const COLUMNS: readonly ExportColumn[] = [
  { header: '明细编号', kind: 'text', width: 40 },
  { header: '户编号', kind: 'text', width: 20 },
  { header: '收款人', kind: 'text' },
  { header: '开户行', kind: 'text', width: 28 },
  { header: '账号', kind: 'text', width: 26 },
  { header: '金额(元)', kind: 'money' },
  { header: '用途', kind: 'text', width: 30 },
];

interface FileRow {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly bank: string;
  readonly sealed: Buffer;
  readonly amount: number;
}

/**
 * Hands the file for the bank out, with full account numbers. It is made when it is first asked for and kept sealed in
 * the file store; from then on everybody gets the same bytes, whatever becomes of the accounts. Each handing out is noted
 * and in the audit log before the first byte leaves.
 * @throws Refusal 404; DomainError BATCH_CANCELLED, BANK_FILE_ANSWERED, BATCH_CANCEL_ASKED, BANK_FILE_OTHER_FORMAT
 */
export async function downloadBankFile(
  service: Industry,
  { caller, now }: Reader,
  batchId: string,
  format: BankFileFormat,
  response: Response,
): Promise<void> {
  const batch = await getPaymentBatch(pgSql(service.pool), caller, batchId);
  const before = await findBatch(pgSql(service.pool), batchId, false);
  demandFetchable(before, format);
  const made = before.fileSha256 === null ? await makeFile(service, batch, format) : null;
  const sha256 = await service.bulk(async (_client, sql) => {
    const held = await findBatch(sql, batchId, true);
    demandFetchable(held, format);
    const stored = held.fileSha256 ?? made?.sha256 ?? '';
    if (held.fileSha256 === null) {
      await sql.query(
        `UPDATE payment_batch SET file_format = $2, file_sha256 = $3, file_made_at = $4::text::timestamptz
         WHERE id = $1::uuid`,
        [batchId, format, stored, now.toISOString()],
      );
    }
    await sql.query(
      `INSERT INTO bank_file_fetch (id, batch_id, county_code, fetched_by_id, fetched_by, fetched_at)
       SELECT $1::uuid, b.id, b.county_code, $3, $4, $5::text::timestamptz FROM payment_batch b WHERE b.id = $2::uuid`,
      [service.newId(now), batchId, caller.id, caller.name, now.toISOString()],
    );
    const change = { after: { number: batch.number, lines: batch.lines, format, sha256: stored } };
    const entry = { action: operation.audit ?? '', recordType: 'payment-batch', recordId: batchId, change };
    await writeAudit(sql, caller, [{ id: service.newId(now), ...entry }], now);
    return stored;
  });
  // Somebody else was first: theirs is the file.
  if (made && made.sha256 !== sha256) await service.files.delete(made.sha256);
  sendHead(response, { name: `代发-${batch.number}`, format });
  await pipeline(await service.files.read(sha256), response);
}

/** Makes a batch's file and puts it into the file store. */
async function makeFile(service: Industry, batch: PaymentBatch, format: BankFileFormat): Promise<StoredFile> {
  const purpose = `${batch.entityName}${batch.year}年度分红`;
  const out = new PassThrough();
  const stored = service.files.put(out, LARGEST_FILE);
  const client = await takeFileClient(service.filePool);
  try {
    const writer =
      format === 'csv'
        ? await csvWriter(out, { columns: COLUMNS })
        : await xlsxWriter(out, { sheetName: '代发明细', columns: COLUMNS });
    const rows = `SELECT l.id::text AS id, l.household_number AS number, l.head_name AS name, l.bank_name AS bank,
        l.account_sealed AS sealed, b.amount_fen AS amount
      FROM payment_batch_line b JOIN dividend_line l ON l.id = b.line_id
      WHERE b.batch_id = $1::uuid AND l.batch_id = b.batch_id ORDER BY l.line_number`;
    for await (const page of inBatches<FileRow>(client, rows, [batch.id], ROWS_A_READ)) {
      for (const { id, number, name, bank, sealed, amount } of page) {
        await writer.write([
          id,
          number,
          name,
          bank,
          service.cipher.open(LINE_ACCOUNT, id, sealed),
          Number(amount),
          purpose,
        ]);
      }
    }
    await writer.end();
    return await stored;
  } catch (error) {
    out.destroy(error instanceof Error ? error : new Error(String(error)));
    await stored.catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
