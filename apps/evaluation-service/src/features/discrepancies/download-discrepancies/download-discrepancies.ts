import * as contract from '@bangfu/contracts/evaluation/discrepancies';
import type { DiscrepancyItem } from '@bangfu/domain/evaluation/discrepancy';
import { formatYuan } from '@bangfu/domain/shared/money';
import { type ExportColumn, xlsxWriter } from '@bangfu/platform/spreadsheet/write';
import { download } from '../../../operations.ts';
import { noteLook } from '../../evaluations/looks.ts';
import { compareReturns } from '../discrepancy.repository.ts';

const COLUMNS: readonly ExportColumn[] = ['户编号', '乡镇', '行政村', '户主姓名', '项目', '登记值', '调查值'].map(
  (header) => ({ header, kind: 'text', width: 16 }),
);

const ITEM_NAMES: Record<DiscrepancyItem, string> = {
  persons: '家庭人口',
  income: '人均纯收入(元)',
  poor: '是否贫困户',
};

function written(item: DiscrepancyItem, value: number): string {
  if (item === 'income') return formatYuan(value);
  if (item === 'poor') return value === 1 ? '是' : '否';
  return String(value);
}

const cellsOf = (row: contract.Discrepancy): string[] => [
  row.householdNumber,
  row.townshipName,
  row.villageName,
  row.headName,
  ITEM_NAMES[row.item],
  written(row.item, row.registered),
  written(row.item, row.found),
];

/** Sends every difference as a workbook. @throws DomainError SAMPLE_CLOSED */
export const downloadDiscrepancies = download(contract.downloadDiscrepancies, async (call) => {
  const { response } = call;
  const { evaluationId } = call.params;
  const { name, differences } = await compareReturns(call, evaluationId);
  await noteLook(call, contract.downloadDiscrepancies, evaluationId, { rows: differences.length });
  response.setHeader('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  const fileName = encodeURIComponent(`${name}-逐项差异.xlsx`);
  response.setHeader('content-disposition', `attachment; filename*=UTF-8''${fileName}`);
  const writer = await xlsxWriter(response, { sheetName: '逐项差异', columns: COLUMNS });
  for (const row of differences) await writer.write(cellsOf(row));
  await writer.end();
});
