import { demand } from '@bangfu/domain/shared/errors';
import { formatYuan } from '@bangfu/domain/shared/money';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql, type Sql } from '@bangfu/events/sql';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { makePdf, sealBlock } from '@bangfu/service-kit/print/pdf';
import { verifyAddress } from '@bangfu/service-kit/print/verify-address';
import type { Request, Response } from 'express';
import type { Industry } from '../../../db/client.ts';
import { scopeParams, seesHousehold } from '../../../db/scope.ts';
import type { Reader } from '@bangfu/service-kit/steps';
import { getDeclaration } from '../../declarations/declaration.repository.ts';

/** A board takes a village; more than this on one print is a county's list and belongs in a workbook. */
const MOST_LINES = 3000;
const HEADS = ['序号', '户主', '行政村', '保底分红(元)', '二次分红(元)', '合计(元)', '签字'];
const WIDTHS = [30, '*', '*', 72, 72, 72, 60];

/** A line as the board shows it. */
interface PostedLine {
  readonly n: number;
  readonly name: string;
  readonly village: string;
  readonly base: number;
  readonly second: number;
  readonly amount: number;
}

/** The lines of a declaration as they were posted, of one village or all the caller sees: corrections came later. */
export function findPostedLines(
  sql: Sql,
  caller: Caller,
  declarationId: string,
  village?: string,
): Promise<PostedLine[]> {
  return sql.query<PostedLine>(
    `SELECT l.line_number AS n, l.head_name AS name, l.village_name AS village, l.base_fen::float8 AS base,
       l.second_fen::float8 AS second, l.amount_fen::float8 AS amount
     FROM dividend_line l JOIN declaration d ON d.id = l.declaration_id JOIN entity e ON e.id = d.entity_id
     WHERE l.declaration_id = $3::uuid AND l.replaces IS NULL AND ${seesHousehold('l.village_code')}
       AND ($4::text IS NULL OR l.village_code = $4) ORDER BY l.line_number LIMIT $5`,
    [...scopeParams(caller), declarationId, village ?? null, MOST_LINES + 1],
  );
}

/**
 * Prints the dividend list for the village board as it was posted, without what corrections made of it later: names, villages, amounts, place for signatures and seals, QR.
 * @throws Refusal 404; DomainError NOTICE_NOT_OPENED, PRINT_TOO_LONG
 */
export async function printDividendList(
  service: Industry,
  { caller, now }: Reader,
  declarationId: string,
  village: string | undefined,
  request: Request,
  response: Response,
): Promise<void> {
  const sql = pgSql(readsOf(service, caller));
  const row = await getDeclaration(sql, caller, declarationId);
  demand(row.noticeOpenedAt && row.noticeNumber, 'NOTICE_NOT_OPENED');
  const lines = await findPostedLines(sql, caller, declarationId, village);
  demand(lines.length <= MOST_LINES, 'PRINT_TOO_LONG', { most: MOST_LINES });
  const sum = (pick: (line: (typeof lines)[number]) => number) =>
    formatYuan(lines.reduce((s, line) => s + pick(line), 0));
  const money = (text: string) => ({ text, alignment: 'right' as const });
  const body = [
    HEADS.map((text) => ({ text, bold: true })),
    ...lines.map((line) => [
      String(line.n),
      line.name,
      line.village,
      money(formatYuan(line.base)),
      money(formatYuan(line.second)),
      money(formatYuan(line.amount)),
      '',
    ]),
    [
      '',
      { text: '合计', bold: true },
      `${lines.length} 户`,
      money(sum((l) => l.base)),
      money(sum((l) => l.second)),
      money(sum((l) => l.amount)),
      '',
    ],
  ];
  const title = `${row.entityName} ${row.year} 年度入股分红公示清单`;
  response.type('application/pdf');
  response.setHeader('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(`${title}.pdf`)}`);
  await makePdf(
    {
      title,
      printedOn: businessDayOf(now),
      operator: caller.name,
      content: [
        { text: title, fontSize: 16, bold: true, alignment: 'center', margin: [0, 0, 0, 6] },
        {
          text: `合同编号：${row.contractNumber}　公示开始：${businessDayOf(new Date(row.noticeOpenedAt))}　公示期：${row.noticeDays} 个完整自然日。对本清单有异议的，公示期内可向村委会、乡镇或在公开网页提出。`,
          margin: [0, 0, 0, 8],
        },
        { table: { headerRows: 1, widths: WIDTHS, body }, layout: { paddingTop: () => 3, paddingBottom: () => 3 } },
        await sealBlock({ address: verifyAddress(request, row.noticeNumber), number: row.noticeNumber }, [
          row.entityName,
          '村民委员会',
          '乡镇人民政府',
        ]),
      ],
    },
    response,
  );
}
