import { downloadBankFile as operation } from '@bangfu/contracts/industry/payments';
import { pgSql } from '@bangfu/events/sql';
import { writeAudit } from '@bangfu/service-kit/audit/entry';
import { sendRows } from '@bangfu/service-kit/spreadsheet/send-rows';
import type { ExportColumn } from '@bangfu/service-kit/spreadsheet/write';
import type { Response } from 'express';
import type { Industry } from '../../../db/client.ts';
import type { Reader } from '@bangfu/service-kit/steps';
import { getPaymentBatch } from '../list-batches/list-batches.query.ts';

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

/** Streams a batch to the bank with full account numbers; the look is in the audit log before the first byte leaves. */
export async function downloadBankFile(
  service: Industry,
  { caller, now }: Reader,
  batchId: string,
  format: 'csv' | 'xlsx',
  response: Response,
): Promise<void> {
  const batch = await getPaymentBatch(pgSql(service.pool), caller, batchId);
  await service.bulk((_client, sql) =>
    writeAudit(
      sql,
      caller,
      [
        {
          id: service.newId(now),
          action: operation.audit ?? '',
          recordType: 'payment-batch',
          recordId: batchId,
          change: { after: { number: batch.number, lines: batch.lines, format } },
        },
      ],
      now,
    ),
  );
  const purpose = `${batch.entityName}${batch.year}年度分红`;
  await sendRows<FileRow>(
    service.filePool,
    response,
    { name: `代发-${batch.number}`, format, sheetName: '代发明细', columns: COLUMNS },
    {
      sql: `SELECT l.id::text AS id, l.household_number AS number, l.head_name AS name, l.bank_name AS bank,
              l.account_sealed AS sealed, l.payable_fen AS amount
            FROM dividend_line l WHERE l.batch_id = $1::uuid ORDER BY l.line_number`,
      params: [batchId],
    },
    (row) => [row.id, row.number, row.name, row.bank, service.cipher.open(row.sealed), row.amount, purpose],
  );
}
