import { formatYuan } from '@bangfu/domain/shared/money';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { regionPrefixes, scopeIds } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import { likeAny } from '@bangfu/data/scope';
import { notFound } from '@bangfu/platform/http/refusal';
import { makePdf, sealBlock } from '@bangfu/platform/print/pdf';
import { verifyAddress } from '@bangfu/platform/print/verify-address';
import type { Request, Response } from 'express';
import type { Industry } from '../../../db/client.ts';
import type { Reader } from '@bangfu/platform/steps';
import { payerOf } from '../income-words.ts';
import type { Statement } from '../income-statement/income-statement.query.ts';

const HEADS = ['年度', '经营主体', '合同编号', '发放日期', '账号尾号', '金额(元)'];
const WIDTHS = [36, '*', 90, 64, 52, 74];

/** Prints an issued statement as it was when it was issued. @throws Refusal 404 */
export async function printIncomeStatement(
  service: Industry,
  { caller, now }: Reader,
  number: string,
  request: Request,
  response: Response,
): Promise<void> {
  const { rows } = await readsOf(service, caller).query<{ content: Statement; issuedAt: Date }>(
    `SELECT content, issued_at AS "issuedAt" FROM issued_paper WHERE number = $1 AND kind = 'income-statement'
       AND (village_code LIKE ANY ($2::text[]) OR subject_id::text = ANY ($3::text[]))`,
    [number, likeAny(regionPrefixes(caller)), scopeIds(caller, 'household')],
  );
  const paper = rows[0];
  if (!paper) throw notFound();
  const { content: statement } = paper;
  const money = (fen: number, bold = false) => ({ text: formatYuan(fen), alignment: 'right' as const, bold });
  const label = (text: string) => ({ text, bold: true, colSpan: 5 });
  const title = '农户产业收益对账单';
  response.type('application/pdf');
  response.setHeader('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(`${title}-${number}.pdf`)}`);
  await makePdf(
    {
      title,
      printedOn: businessDayOf(now),
      operator: caller.name,
      content: [
        { text: title, fontSize: 18, bold: true, alignment: 'center', margin: [0, 0, 0, 10] },
        {
          columns: [
            { text: `户主：${statement.headName}\n户编号：${statement.householdNumber}` },
            {
              text: `住址：${statement.townshipName}${statement.villageName}\n出具日期：${businessDayOf(paper.issuedAt)}`,
            },
          ],
          margin: [0, 0, 0, 10],
        },
        {
          table: {
            headerRows: 1,
            widths: WIDTHS,
            body: [
              HEADS.map((text) => ({ text, bold: true })),
              ...statement.lines.map((line) => [
                String(line.year),
                payerOf(line),
                line.contractNumber,
                line.paidOn,
                line.accountTail,
                money(line.amountFen),
              ]),
              ...statement.years.map(({ year, amountFen }) => [
                label(`${year} 年度小计`),
                '',
                '',
                '',
                '',
                money(amountFen),
              ]),
              [label('合计'), '', '', '', '', money(statement.totalFen, true)],
            ],
          },
        },
        {
          text: '本对账单列明各经营主体经银行发放到户的分红，银行退汇和更正冲销的列为负数。对金额有疑问的，请向村委会或乡镇政府查询；扫描二维码可核验真伪。',
          margin: [0, 10, 0, 0],
        },
        await sealBlock({ address: verifyAddress(request, number), number }, ['乡镇人民政府']),
      ],
    },
    response,
  );
}
