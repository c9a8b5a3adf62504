import { demand, type Refusal, refusalOf } from '../shared/errors.ts';
import { noticeClock } from '../shared/notice-clock.ts';
import type { IndustryPolicy } from './contract.ts';
import { type Declaration, demandStatus, type NoticeVillage, redraft, type VillageNotice } from './declaration.ts';

/** What can be done with the notice of one village. */
export const NOTICE_STEPS = ['open-notice', 'answer-objection', 'close-notice'] as const;
export type NoticeStep = (typeof NOTICE_STEPS)[number];

function villageOf(declaration: Declaration, code: string): NoticeVillage {
  const village = declaration.villages.find((each) => each.code === code);
  demand(village, 'NOTICE_SUPERSEDED');
  return village;
}

/** The notice that hangs in a village now. @throws DomainError DECLARATION_STATUS, NOTICE_NOT_POSTED, NOTICE_CLOSED */
function hangingIn(declaration: Declaration, code: string): VillageNotice {
  demandStatus(declaration, 'on-notice');
  const { notice, name } = villageOf(declaration, code);
  demand(notice, 'NOTICE_NOT_POSTED', { village: name });
  demand(!notice.closedAt, 'NOTICE_CLOSED', { village: name });
  return notice;
}

const withNotice = (declaration: Declaration, code: string, notice: VillageNotice): Declaration => ({
  ...declaration,
  villages: declaration.villages.map((each) => (each.code === code ? { ...each, notice } : each)),
});

/**
 * Posts the list of one village.
 * @throws DomainError DECLARATION_STATUS, NOTICE_SUPERSEDED, NOTICE_OPENED
 */
export function openNotice(declaration: Declaration, code: string, policy: IndustryPolicy, now: Date): Declaration {
  demandStatus(declaration, 'checked', 'on-notice');
  const { notice, name } = villageOf(declaration, code);
  demand(!notice, 'NOTICE_OPENED', { village: name });
  const opened = { openedAt: now, requiredDays: policy.noticeDays, objections: [] };
  return { ...withNotice(declaration, code, opened), status: 'on-notice' };
}

/**
 * Anyone objects while the notice of a village hangs.
 * @throws DomainError DECLARATION_STATUS, NOTICE_NOT_POSTED, NOTICE_CLOSED, OBJECTION_BEFORE_NOTICE.
 */
export function raiseObjection(declaration: Declaration, code: string, id: string, now: Date): Declaration {
  const notice = hangingIn(declaration, code);
  demand(now >= notice.openedAt, 'OBJECTION_BEFORE_NOTICE');
  return withNotice(declaration, code, { ...notice, objections: [...notice.objections, { id, raisedAt: now }] });
}

/**
 * Answers an objection in writing. Dismissed: the clock of its village resumes where it stood. Upheld: the declaration
 * goes back to the entity for its next edition, which is posted in all villages again.
 * @throws DomainError DECLARATION_STATUS, OBJECTION_UNKNOWN, OBJECTION_ANSWERED, DECLARATION_REASON_MISSING.
 */
export function answerObjection(
  declaration: Declaration,
  id: string,
  answer: { readonly upheld: boolean; readonly text: string },
  now: Date,
): Declaration {
  demandStatus(declaration, 'on-notice');
  const village = declaration.villages.find(({ notice }) => notice?.objections.some((o) => o.id === id));
  const objection = village?.notice?.objections.find((o) => o.id === id);
  demand(village?.notice && objection, 'OBJECTION_UNKNOWN');
  demand(objection.answeredAt === undefined, 'OBJECTION_ANSWERED');
  demand(answer.text.trim() !== '', 'DECLARATION_REASON_MISSING');
  if (answer.upheld) return redraft(declaration, answer.text.trim());
  const answered = { ...objection, answeredAt: now, upheld: false, answer: answer.text.trim() };
  const objections = village.notice.objections.map((o) => (o.id === id ? answered : o));
  return withNotice(declaration, village.code, { ...village.notice, objections });
}

/** The clock of a village's notice, stopped by its own objections. */
export function declarationClock(notice: VillageNotice) {
  return noticeClock({
    openedAt: notice.openedAt,
    requiredDays: notice.requiredDays,
    pauses: notice.objections.map((o) => ({ from: o.raisedAt, ...(o.answeredAt && { to: o.answeredAt }) })),
  });
}

/**
 * Closes the notice of a village when its full days have run; with the last of all villages the declaration can be paid.
 * @throws DomainError DECLARATION_STATUS, NOTICE_NOT_POSTED, NOTICE_CLOSED, OBJECTION_OPEN, NOTICE_RUNNING.
 */
export function closeNotice(declaration: Declaration, code: string, now: Date): Declaration {
  const notice = hangingIn(declaration, code);
  const clock = declarationClock(notice);
  demand(clock.closableFrom !== null, 'OBJECTION_OPEN');
  demand(now >= clock.closableFrom, 'NOTICE_RUNNING', { days: Math.max(1, clock.remaining(now)) });
  const closed = withNotice(declaration, code, { ...notice, closedAt: now });
  return closed.villages.every((each) => each.notice?.closedAt) ? { ...closed, status: 'noticed' } : closed;
}

/** Answers the first objection of a village that waits. @throws DomainError OBJECTION_NONE and those of the answer */
function answerWaiting(declaration: Declaration, code: string, now: Date): Declaration {
  const { notice } = villageOf(declaration, code);
  const waiting = notice?.objections.find(({ answeredAt }) => answeredAt === undefined);
  demand(declaration.status !== 'on-notice' || waiting, 'OBJECTION_NONE');
  return answerObjection(declaration, waiting?.id ?? '', { upheld: false, text: '-' }, now);
}

/** Why a step of a village's notice would be refused now, by the rule of its command; null when it would succeed. */
export function noticeRefusal(
  step: NoticeStep,
  declaration: Declaration,
  code: string,
  { policy, now }: { readonly policy: IndustryPolicy; readonly now: Date },
): Refusal | null {
  const rules: Record<NoticeStep, () => unknown> = {
    'open-notice': () => openNotice(declaration, code, policy, now),
    'answer-objection': () => answerWaiting(declaration, code, now),
    'close-notice': () => closeNotice(declaration, code, now),
  };
  return refusalOf(rules[step]);
}

/** The notices of all villages together. */
export interface NoticeSummary {
  readonly openedAt: Date;
  readonly requiredDays: number;
  /** When the last was closed; absent while one is not. */
  readonly closedAt?: Date;
  /** When the last can be closed; null while one is not posted yet, or stopped by an objection. */
  readonly closableFrom: Date | null;
  /** The most full days that one of them has still to run. */
  readonly remainingDays: number;
  readonly villages: number;
  readonly opened: number;
  readonly closed: number;
}

const latest = (dates: readonly Date[]) => dates.reduce((a, b) => (a > b ? a : b));

/** What the notices of an edition come to; null before the first is posted. */
export function noticeSummary({ villages }: Declaration, now: Date): NoticeSummary | null {
  const notices = villages.flatMap(({ notice }) => notice ?? []);
  const [first] = notices;
  if (!first) return null;
  const closed = notices.flatMap(({ closedAt }) => closedAt ?? []);
  const clocks = notices.map((notice) => ({ notice, clock: declarationClock(notice) }));
  const closable = clocks.map(({ clock }) => clock.closableFrom);
  const isOpenEnded = notices.length < villages.length || closable.includes(null);
  return {
    openedAt: notices.reduce((a, b) => (a.openedAt < b.openedAt ? a : b)).openedAt,
    requiredDays: first.requiredDays,
    ...(closed.length === villages.length && { closedAt: latest(closed) }),
    closableFrom: isOpenEnded ? null : latest(closable.flatMap((at) => at ?? [])),
    remainingDays: Math.max(...clocks.map(({ notice, clock }) => clock.remaining(notice.closedAt ?? now))),
    villages: villages.length,
    opened: notices.length,
    closed: closed.length,
  };
}
