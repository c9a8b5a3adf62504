import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as contract from '@bangfu/contracts/industry/payments';
import { readBatches } from '@bangfu/data/batches';
import { typedSql } from '@bangfu/data/typed-sql';
import { type BankFileFormat, demandFetchable } from '@bangfu/domain/industry/batch';
import { answeringInside } from '@bangfu/platform/db/command';
import type { StoredFile } from '@bangfu/platform/files/store';
import { carryOut } from '@bangfu/platform/operation/operation';
import type { ServiceKit } from '@bangfu/platform/service';
import { sendHead, takeFileClient } from '@bangfu/platform/spreadsheet/send-rows';
import { csvWriter, xlsxWriter } from '@bangfu/platform/spreadsheet/write';
import { LINE_ACCOUNT } from '../../../db/sealed.ts';
import { download, type Tables } from '../../../operations.ts';
import { ORDER_COLUMNS, ORDER_SHEET } from '../bank-layout.ts';
import { findBatch, getBatch, lockBatch } from '../batch.repository.ts';

const LARGEST_FILE = 200 * 1024 * 1024;
const ROWS_A_READ = 2000;

/**
 * Hands the file for the bank out, with full account numbers. It is made when it is first asked for and kept sealed in
 * the file store; from then on everybody gets the same bytes, whatever becomes of the accounts. Each handing out is noted
 * and in the audit log before the first byte leaves.
 * @throws Refusal 404; DomainError BATCH_CANCELLED, BANK_FILE_ANSWERED, BATCH_CANCEL_ASKED, BANK_FILE_OTHER_FORMAT
 */
export const downloadBankFile = download(contract.downloadBankFile, async (call) => {
  const { kit, read, caller, now, response } = call;
  const { batchId } = call.params;
  const { format } = call.query;
  const batch = await getBatch(read, caller, batchId);
  const before = await findBatch(read, batchId);
  demandFetchable(before, format);
  const made = before.fileSha256 === null ? await makeFile(kit, batch, format) : null;
  const command = answeringInside(contract.downloadBankFile);
  const sha256 = await carryOut<Tables, string>(
    kit,
    command,
    { caller, now },
    call.params,
    async ({ tx, newId, audit }) => {
      const held = await lockBatch(tx.sql, batchId);
      demandFetchable(held, format);
      const stored = held.fileSha256 ?? made?.sha256 ?? '';
      if (held.fileSha256 === null) {
        await tx.sql
          .updateTable('payment_batch')
          .set({ file_format: format, file_sha256: stored, file_made_at: now })
          .where('id', '=', batchId)
          .execute();
      }
      await tx.sql
        .insertInto('bank_file_fetch')
        .values({
          id: newId(),
          batch_id: batchId,
          county_code: held.countyCode,
          fetched_by_id: caller.id,
          fetched_by: caller.name,
          fetched_at: now,
        })
        .execute();
      const { number, lines } = batch;
      audit.change('payment-batch', batchId, null, { number, lines, format, sha256: stored });
      return stored;
    },
  );
  // Somebody else was first: theirs is the file.
  if (made && made.sha256 !== sha256) await kit.files.delete(made.sha256);
  sendHead(response, { name: `代发-${batch.number}`, format });
  await pipeline(await kit.files.read(sha256), response);
});

/** What the bank is to pay of a batch. */
const fileRows = (on: Parameters<typeof typedSql>[0], batchId: string) =>
  typedSql<Tables>(on)
    .selectFrom('payment_batch_line as b')
    .innerJoin('dividend_line as l', 'l.id', 'b.line_id')
    .where('b.batch_id', '=', batchId)
    .whereRef('l.batch_id', '=', 'b.batch_id')
    .orderBy('l.line_number')
    .select(['l.id', 'l.household_number as number', 'l.head_name as name', 'l.bank_name as bank'])
    .select(['l.account_sealed as sealed', 'b.amount_fen as amountFen']);

/** Makes a batch's file and puts it into the file store. */
async function makeFile(
  kit: ServiceKit,
  batch: { readonly id: string; readonly entityName: string; readonly year: number },
  format: BankFileFormat,
): Promise<StoredFile> {
  const purpose = `${batch.entityName}${batch.year}年度分红`;
  const out = new PassThrough();
  const stored = kit.files.put(out, LARGEST_FILE);
  const client = await takeFileClient(kit.filePool);
  try {
    const writer =
      format === 'csv'
        ? await csvWriter(out, { columns: ORDER_COLUMNS })
        : await xlsxWriter(out, { sheetName: ORDER_SHEET, columns: ORDER_COLUMNS });
    for await (const page of readBatches(client, fileRows(client, batch.id).compile(), ROWS_A_READ)) {
      for (const { id, number, name, bank, sealed, amountFen } of page) {
        await writer.write([id, number, name, bank, kit.cipher.open(LINE_ACCOUNT, id, sealed), amountFen, purpose]);
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
