import * as contract from '@bangfu/contracts/industry/statements';
import { inRegions } from '@bangfu/data/scope';
import { formatYuan } from '@bangfu/domain/shared/money';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { makePdf, sealBlock } from '@bangfu/platform/print/pdf';
import { verifyAddress } from '@bangfu/platform/print/verify-address';
import { ownHouseholds, villageNow } from '../../../db/scope.ts';
import { download } from '../../../operations.ts';
import { issuedPapers, paperOf } from '../../../papers/seal.ts';
import { payerOf } from '../income-words.ts';

const HEADS = ['年度', '经营主体', '合同编号', '发放日期', '账号尾号', '金额(元)'];
const WIDTHS = [36, '*', 90, 64, 52, 74];

/** Prints an issued statement as it was when it was issued. @throws Refusal 404 */
export const printIncomeStatement = download(contract.printIncomeStatement, async (call) => {
  const { read, caller, now, request, response } = call;
  const { number } = call.params;
  const found = await issuedPapers(read)
    .where('p.number', '=', number)
    .where((eb) =>
      eb.or([
        inRegions(villageNow(eb.ref('p.subject_id'), eb.ref('p.village_code')), regionPrefixes(caller)),
        eb('p.subject_id', 'in', ownHouseholds(caller)),
      ]),
    )
    .executeTakeFirst();
  const paper = found && paperOf(found);
  if (paper?.kind !== 'income-statement') throw notFound();
  const statement = paper.content;
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
});
