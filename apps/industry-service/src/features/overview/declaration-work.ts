import type { IndustryPolicy } from '@bangfu/domain/industry/contract';
import type { IndustryWork } from '@bangfu/domain/industry/deadlines';
import type { WorkKind } from '@bangfu/contracts/core/work';
import { checkDeclaration, closeDeclaration, submitDeclaration } from '@bangfu/contracts/industry/declarations';
import {
  answerDividendObjection,
  closeDividendNotice,
  openDividendNotice,
} from '@bangfu/contracts/industry/dividend-notices';
import { createPaymentBatch } from '@bangfu/contracts/industry/payments';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { declarationClock } from '@bangfu/domain/industry/declaration-notice';
import { addDays, type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { workDue } from '@bangfu/domain/shared/work-policy';
import type { Caller } from '@bangfu/platform/auth/caller';
import type { WaitingKind, waitingFor } from '@bangfu/platform/work';
import { actsForEntity, entityVisible } from '../../db/scope.ts';
import type { Tables } from '../../operations.ts';
import { type DeclarationRow, declarations, type NoticeRow, toDomain } from '../declarations/declaration.repository.ts';
import { actsFor } from '../notices/notice.repository.ts';
import { findUndeclared } from './late.ts';
import { dayOf, listed } from './listed.ts';

/** By what a day is due. */
interface DueBy {
  readonly now: Date;
  readonly policy: IndustryPolicy;
}

/** Dividend years of contracts nobody declared; the day is the policy's. */
export async function toDeclare(read: ReadSql<Tables>, caller: Caller, { now, policy }: DueBy): Promise<WaitingKind> {
  const undeclared = await findUndeclared(read, caller, now);
  return listed(
    undeclared.map((row) => ({
      id: `declare-${row.contractId}-${row.periodEnd}`,
      kind: 'dividend-to-declare' as const,
      title: `申报 ${row.year} 年度分红`,
      detail: row.entityName,
      due: addDays(row.periodEnd, policy.declareWithinDays),
      link: `/industry/declarations/new?contract=${row.contractId}`,
    })),
  );
}

/** A stage of a declaration at which an act waits. */
interface Stage {
  readonly kind: WorkKind;
  readonly act: Parameters<typeof waitingFor>[0];
  readonly title: string;
  readonly statuses: readonly DeclarationRow['status'][];
  /** Whose entities: a notice is posted where the entity works, all else is done where it has its seat. */
  readonly within: typeof entityVisible;
  /** The day by which it is due; null when this declaration does not wait for it, or not for this person. */
  readonly due: (row: DeclarationRow, caller: Caller, by: DueBy) => BusinessDay | null;
}

const within = ({ policy }: DueBy, kind: IndustryWork, since: string | null | undefined) =>
  since ? workDue(policy.deadlines, kind, dayOf(since)) : null;

/** The first day by which one of the villages that the caller acts for is due; null when none of them waits. */
function firstDue(
  row: DeclarationRow,
  caller: Caller,
  dueOf: (notice: NoticeRow) => BusinessDay | null,
): BusinessDay | null {
  const dues = row.notices
    .filter((notice) => actsFor(caller, notice, row.seatCode))
    .flatMap((each) => dueOf(each) ?? []);
  return dues.toSorted()[0] ?? null;
}
const closableOf = (row: DeclarationRow, { code, closedAt }: NoticeRow) => {
  const notice = closedAt ? null : toDomain(row).villages.find((each) => each.code === code)?.notice;
  return notice ? declarationClock(notice).closableFrom : null;
};
const toPay = (since: string | null, { payWithinDays }: IndustryPolicy) =>
  since ? addDays(dayOf(since), payWithinDays) : null;

/** The stages of a declaration, each with the act that it waits for. */
export const STAGES: readonly Stage[] = [
  {
    kind: 'dividend-to-submit',
    act: submitDeclaration,
    title: '提交分红申报',
    statuses: ['drafted'],
    within: entityVisible,
    due: (row, _caller, { policy }) => addDays(row.periodEnd, policy.declareWithinDays),
  },
  {
    kind: 'dividend-to-check',
    act: checkDeclaration,
    title: '审核分红申报',
    statuses: ['submitted'],
    within: actsForEntity,
    due: (row, caller, by) =>
      row.submittedById === caller.id ? null : within(by, 'dividend-to-check', row.submittedAt),
  },
  {
    kind: 'dividend-to-post',
    act: openDividendNotice,
    title: '张贴分红公示',
    statuses: ['checked', 'on-notice'],
    within: entityVisible,
    due: (row, caller, by) =>
      firstDue(row, caller, ({ openedAt }) => (openedAt ? null : within(by, 'dividend-to-post', row.checkedAt))),
  },
  {
    kind: 'objection-to-answer',
    act: answerDividendObjection,
    title: '答复分红公示异议',
    statuses: ['on-notice'],
    within: actsForEntity,
    due: (row, _caller, by) => {
      const objections = row.notices.flatMap((notice) => notice.objections);
      const unanswered = objections.filter(({ answeredAt }) => !answeredAt).map(({ raisedAt }) => raisedAt);
      return within(by, 'objection-to-answer', unanswered.toSorted()[0]);
    },
  },
  {
    kind: 'notice-to-close',
    act: closeDividendNotice,
    title: '公示期满，结束分红公示',
    statuses: ['on-notice'],
    within: entityVisible,
    due: (row, caller, { now, policy }) =>
      firstDue(row, caller, (notice) => {
        const closable = closableOf(row, notice);
        return closable && closable <= now
          ? workDue(policy.deadlines, 'notice-to-close', businessDayOf(closable))
          : null;
      }),
  },
  {
    kind: 'dividend-to-pay',
    act: createPaymentBatch,
    title: '生成分红发放批次',
    statuses: ['noticed'],
    within: actsForEntity,
    due: (row, _caller, { policy }) =>
      row.unsettledLines + row.openCorrections > 0 ? toPay(row.noticeClosedAt, policy) : null,
  },
  {
    kind: 'dividend-to-close',
    act: closeDeclaration,
    title: '办结分红申报',
    statuses: ['noticed'],
    within: actsForEntity,
    // Nothing of it is to be paid.
    due: (row, _caller, { policy }) =>
      row.unsettledLines + row.openCorrections > 0 || !row.noticeClosedAt
        ? null
        : workDue(policy.deadlines, 'dividend-to-close', dayOf(row.noticeClosedAt)),
  },
  {
    kind: 'dividend-to-close',
    act: closeDeclaration,
    title: '办结分红申报',
    statuses: ['in-payment'],
    within: actsForEntity,
    // What keeps it from being closed waits as work of its own.
    due: (row, _caller, { policy }) =>
      row.unsettledLines + row.openCorrections + row.differingLines > 0 || !row.noticeClosedAt
        ? null
        : workDue(policy.deadlines, 'dividend-to-close', addDays(dayOf(row.noticeClosedAt), policy.payWithinDays)),
  },
];

/** The declarations that wait for the act of a stage. */
export async function declarationsAt(
  read: ReadSql<Tables>,
  caller: Caller,
  stage: Stage,
  by: DueBy,
): Promise<WaitingKind> {
  const rows = await declarations(read)
    .where('d.status', 'in', stage.statuses)
    .where((eb) => stage.within(eb, caller))
    .orderBy('d.id')
    .execute();
  return listed(
    rows.flatMap((row) => {
      const due = stage.due(row, caller, by);
      if (!due) return [];
      const detail = `${row.entityName} ${row.year} 年度，${row.lines} 户`;
      const link = `/industry/declarations/${row.id}`;
      return [{ id: `${stage.kind}-${row.id}`, kind: stage.kind, title: stage.title, detail, due, link }];
    }),
  );
}
