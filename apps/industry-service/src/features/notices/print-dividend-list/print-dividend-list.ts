import * as contract from '@bangfu/contracts/industry/dividend-notices';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { demand } from '@bangfu/domain/shared/errors';
import { formatYuan } from '@bangfu/domain/shared/money';
import { businessDayOf } from '@bangfu/domain/shared/time';
import type { Caller } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { makePdf, sealBlock } from '@bangfu/platform/print/pdf';
import { basisText } from '@bangfu/platform/policy/policy-basis';
import { verifyAddress } from '@bangfu/platform/print/verify-address';
import { householdVisible, villageNow } from '../../../db/scope.ts';
import { download, type Tables } from '../../../operations.ts';
import { getDeclaration } from '../../declarations/declaration.repository.ts';
import { seenNotices } from '../notice.repository.ts';

/** A board takes a village; more than this on one print is a county's list and belongs in a workbook. */
const MOST_LINES = 3000;
const HEADS = ['序号', '户主', '行政村', '保底分红(元)', '二次分红(元)', '合计(元)', '签字'];
const WIDTHS = [30, '*', '*', 72, 72, 72, 60];

/** The lines of a notice as they were posted, as far as the caller sees them: corrections came later. */
export const findPostedLines = (read: ReadSql<Tables>, caller: Caller, noticeId: string) =>
  read
    .selectFrom('posted_line as l')
    .innerJoin('declaration_notice as n', 'n.id', 'l.notice_id')
    .innerJoin('declaration as d', 'd.id', 'n.declaration_id')
    .innerJoin('entity as e', 'e.id', 'd.entity_id')
    .where('n.id', '=', noticeId)
    .where((eb) => {
      const household = eb
        .selectFrom('dividend_line as own')
        .whereRef('own.declaration_id', '=', 'n.declaration_id')
        .whereRef('own.line_number', '=', 'l.line_number')
        .select('own.household_id');
      return householdVisible(eb, caller, villageNow(household, eb.ref('l.village_code')));
    })
    .orderBy('l.line_number')
    .limit(MOST_LINES + 1)
    .select(['l.line_number as n', 'l.head_name as name', 'l.village_name as village', 'l.base_fen as base'])
    .select(['l.second_fen as second', 'l.amount_fen as amount'])
    .execute();

/**
 * Prints the dividend list for the village board as it was posted, without what corrections made of it later: names, villages, amounts, place for signatures and seals, QR.
 * @throws Refusal 404; DomainError NOTICE_NOT_OPENED, PRINT_TOO_LONG
 */
export const printDividendList = download(contract.printDividendList, async (call) => {
  const { read, caller, now, request, response } = call;
  const { declarationId, noticeId } = call.params;
  const row = await getDeclaration(read, caller, declarationId);
  const notice = seenNotices(caller, row).find(({ id }) => id === noticeId);
  if (!notice) throw notFound();
  demand(notice.openedAt && notice.number, 'NOTICE_NOT_OPENED');
  const lines = await findPostedLines(read, caller, noticeId);
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
  const title = `${row.entityName} ${row.year} 年度入股分红公示清单（${notice.name}）`;
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
          text: `合同编号：${row.contractNumber}　分红期间：${row.from} 至 ${row.to}　公示开始：${businessDayOf(new Date(notice.openedAt))}　公示期：${notice.requiredDays} 个完整自然日${notice.basis ? `（依据：${basisText(notice.basis)}）` : ''}。对本清单有异议的，公示期内可向村委会、乡镇或在公开网页提出。`,
          margin: [0, 0, 0, 8],
        },
        { table: { headerRows: 1, widths: WIDTHS, body }, layout: 'airy' },
        await sealBlock({ address: verifyAddress(request, notice.number), number: notice.number }, [
          row.entityName,
          '村民委员会',
          '乡镇人民政府',
        ]),
      ],
    },
    response,
  );
});
