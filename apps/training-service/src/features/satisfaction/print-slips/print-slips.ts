import { randomInt } from 'node:crypto';
import * as contract from '@bangfu/contracts/training/satisfaction';
import { newReceipt } from '@bangfu/domain/shared/receipt';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { demandSlips } from '@bangfu/domain/training/satisfaction';
import type { CommandCall } from '@bangfu/platform/operation/operation';
import { makePdf } from '@bangfu/platform/print/pdf';
import { keepsClass, ownLearners } from '../../../db/satisfaction.ts';
import { SLIP_CODE } from '../../../db/sealed.ts';
import { lockVisibleClass } from '../../../db/visible.ts';
import { paper, type Tables } from '../../../operations.ts';

type Acting = Pick<CommandCall<typeof contract.printSlips, Tables>, 'kit' | 'tx' | 'now'>;

/**
 * Prints a slip for each participant of the caller's region, with the code for their one answer; printed again, a code
 * is the same. Codes go into no answer, list or log.
 * @throws Refusal 404; DomainError of demandSlips
 */
export const printSlips = paper(
  contract.printSlips,
  async (call) => {
    const { tx, caller, now } = call;
    const { classId } = call.params;
    const group = await lockVisibleClass(tx, caller, classId);
    const learners = await ownLearners(tx.sql, caller, classId);
    const printer = { keepsClass: await keepsClass(tx.sql, call, classId), ownLearners: learners.length };
    demandSlips({ begins: businessDay(group.begins) }, printer, businessDayOf(now));
    const ids = learners.map(({ id }) => id);
    const codes = await codesOf(call, ids, group.countyCode);
    const slips = learners.map(({ id, ...learner }) => ({ ...learner, code: codes.get(id) ?? '' }));
    call.audit.change('class', classId, null, { slips: slips.length });
    return { slips, className: group.name, courseName: group.courseName };
  },
  async (made, { caller, now, response }) => {
    response.type('application/pdf').set('content-disposition', 'inline; filename="slips.pdf"');
    await makePdf(
      {
        title: `培训评价条 ${made.className}`,
        printedOn: businessDayOf(now),
        operator: caller.name,
        content: made.slips.map((slip) => ({
          unbreakable: true,
          margin: [0, 0, 0, 14],
          stack: [
            {
              text: `${slip.personName}（${slip.villageName}，户编号 ${slip.householdNumber}）`,
              bold: true,
              fontSize: 13,
            },
            {
              text: `您参加了“${made.courseName}”培训（${made.className}）。请自己评价，培训机构和登记成绩的人看不到您的分数。`,
            },
            { text: `评价码：${slip.code}`, bold: true, fontSize: 18, margin: [0, 6, 0, 4] },
            {
              text: '培训结束后，打开信息公开首页的“培训评价”，输入评价码，选 1（很不满意）到 5（很满意）。每个评价码用一次，请勿交给别人。',
            },
            { canvas: [{ type: 'line', x1: 0, y1: 8, x2: 490, y2: 8, lineWidth: 0.5, dash: { length: 4 } }] },
          ],
        })),
      },
      response,
    );
  },
);

/** The codes of the slips of some enrolments: those printed before, else new ones that nobody can guess. */
async function codesOf(
  { kit: { cipher }, tx, now }: Acting,
  enrolmentIds: readonly string[],
  countyCode: string,
): Promise<Map<string, string>> {
  const printed = await tx.sql
    .selectFrom('satisfaction_slip')
    .where('enrolment_id', 'in', enrolmentIds)
    .select(['enrolment_id as enrolmentId', 'code_sealed as codeSealed'])
    .execute();
  const codes = new Map(
    printed.map(({ enrolmentId, codeSealed }) => [enrolmentId, cipher.open(SLIP_CODE, enrolmentId, codeSealed)]),
  );
  const missing = enrolmentIds.filter((id) => !codes.has(id));
  for (const id of missing) codes.set(id, newReceipt(randomInt));
  const slips = missing.map((enrolmentId) => {
    const code = codes.get(enrolmentId) ?? '';
    return {
      enrolment_id: enrolmentId,
      county_code: countyCode,
      code_index: cipher.index('slip', code),
      code_sealed: cipher.seal(SLIP_CODE, enrolmentId, code),
      printed_at: now,
    };
  });
  if (slips.length > 0) await tx.sql.insertInto('satisfaction_slip').values(slips).execute();
  return codes;
}
