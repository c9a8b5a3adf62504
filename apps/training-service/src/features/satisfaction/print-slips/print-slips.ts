import { randomInt } from 'node:crypto';
import { printSlips as operation } from '@bangfu/contracts/training/satisfaction';
import { newReceipt } from '@bangfu/domain/shared/receipt';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { demandSlips } from '@bangfu/domain/training/satisfaction';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { makePdf } from '@bangfu/platform/print/pdf';
import type { Response } from 'express';
import type { Training, Tx } from '../../../db/client.ts';
import { dayOf } from '../../../db/day.ts';
import { keepsClass, ownLearners } from '../../../db/satisfaction.ts';
import { lockVisibleClass } from '../../../db/visible.ts';
import { SLIP_CODE } from '../../../db/sealed.ts';

/**
 * Prints a slip for each participant of the caller's region, with the code for their one answer; printed again, a code
 * is the same. Codes go into no answer, list or log.
 * @throws Refusal 404; DomainError of demandSlips
 */
export async function printSlips(service: Training, actor: Actor, classId: string, response: Response): Promise<void> {
  const { caller, now } = actor;
  const made = await runCommand(
    service.transaction,
    service.newId,
    operation,
    { caller, now },
    { classId },
    async (tx, sql) => {
      const group = await lockVisibleClass(tx, sql, caller, classId);
      const learners = await ownLearners(sql, caller, classId);
      const printer = { keepsClass: await keepsClass(sql, actor, classId), ownLearners: learners.length };
      demandSlips({ begins: dayOf(group.begins) }, printer, businessDayOf(now));
      const ids = learners.map(({ id }) => id);
      const codes = await codesOf(service, tx, ids, { countyCode: group.countyCode, printedAt: now });
      const slips = learners.map(({ id, ...learner }) => ({ ...learner, code: codes.get(id) ?? '' }));
      return {
        answer: { slips, className: group.name, courseName: group.course.name },
        audit: [
          {
            action: operation.audit ?? '',
            recordType: 'class',
            recordId: classId,
            change: { after: { slips: slips.length } },
          },
        ],
      };
    },
  );
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
}

/** The codes of the slips of some enrolments: those printed before, else new ones that nobody can guess. */
async function codesOf(
  { cipher }: Training,
  tx: Tx,
  enrolmentIds: readonly string[],
  made: { readonly countyCode: string; readonly printedAt: Date },
): Promise<Map<string, string>> {
  const printed = await tx.satisfactionSlip.findMany({ where: { enrolmentId: { in: [...enrolmentIds] } } });
  const codes = new Map(
    printed.map(({ enrolmentId, codeSealed }) => [enrolmentId, cipher.open(SLIP_CODE, enrolmentId, codeSealed)]),
  );
  const missing = enrolmentIds.filter((id) => !codes.has(id));
  for (const id of missing) codes.set(id, newReceipt(randomInt));
  await tx.satisfactionSlip.createMany({
    data: missing.map((enrolmentId) => {
      const code = codes.get(enrolmentId) ?? '';
      const codeIndex = Uint8Array.from(cipher.index('slip', code));
      return {
        enrolmentId,
        codeIndex,
        codeSealed: Uint8Array.from(cipher.seal(SLIP_CODE, enrolmentId, code)),
        ...made,
      };
    }),
  });
  return codes;
}
