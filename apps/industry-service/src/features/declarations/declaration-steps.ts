import { industryPolicy } from '../../db/policy.ts';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/industry/declarations';
import * as notices from '@bangfu/contracts/industry/dividend-notices';
import { createPaymentBatch } from '@bangfu/contracts/industry/payments';
import {
  DECLARATION_STEPS,
  type DeclarationStep,
  declarationRefusal,
  missingForNext,
  nextStep,
} from '@bangfu/domain/industry/declaration-steps';
import {
  declarationClock,
  NOTICE_STEPS,
  noticeRefusal,
  type NoticeStep,
} from '@bangfu/domain/industry/declaration-notice';
import type { Refusal } from '@bangfu/domain/shared/errors';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { callingAs, type Reader } from '@bangfu/platform/steps';
import type { Tables } from '../../operations.ts';
import { callerRefusal, type StepCommand, toReason, toStep } from '../../steps.ts';
import { placeRefusal, seenNotices } from '../notices/notice.repository.ts';
import { type DeclarationRow, factsOf, partyOf, toDomain } from './declaration.repository.ts';

type Answer = AnswerInputOf<typeof contract.getDeclaration>;

const COMMANDS: Record<DeclarationStep, StepCommand> = {
  redraft: { op: contract.redraftDeclaration, reach: 'acts' },
  discard: { op: contract.discardDeclaration, reach: 'acts' },
  submit: { op: contract.submitDeclaration, reach: 'acts' },
  check: { op: contract.checkDeclaration, reach: 'acts' },
  pay: { op: createPaymentBatch, reach: 'acts' },
  close: { op: contract.closeDeclaration, reach: 'acts' },
};

const NOTICE_COMMANDS: Record<NoticeStep, StepCommand> = {
  'open-notice': { op: notices.openDividendNotice, reach: 'sees' },
  'answer-objection': { op: notices.answerDividendObjection, reach: 'acts' },
  'close-notice': { op: notices.closeDividendNotice, reach: 'sees' },
};

/** The notices of a declaration's edition in the villages the caller sees, each with what he can do with it. */
export async function noticesWithSteps(
  read: ReadSql<Tables>,
  row: DeclarationRow,
  reader: Reader,
): Promise<Answer['notices']> {
  const { caller, now, language } = reader;
  const declaration = toDomain(row);
  const policy = await industryPolicy(read, caller, now);
  const closed = new Map<NoticeStep, Refusal | null>();
  for (const step of NOTICE_STEPS) {
    closed.set(step, await callerRefusal(read, reader, NOTICE_COMMANDS[step], row.entityId));
  }
  return seenNotices(caller, row).map((notice) => {
    const { id, code, name, hash, number, ...shown } = notice;
    const stored = declaration.villages.find((each) => each.code === code)?.notice;
    const clock = stored && declarationClock(stored);
    const steps = NOTICE_STEPS.map((step) => {
      const { op } = NOTICE_COMMANDS[step];
      // An answer is the seat's; posting and closing are each village's own.
      const elsewhere = step === 'answer-objection' ? null : placeRefusal(callingAs(reader, op), notice, row.seatCode);
      const refusal = closed.get(step) ?? elsewhere ?? noticeRefusal(step, declaration, code, { policy, now });
      return toStep(step, refusal, language);
    });
    return {
      ...shown,
      id,
      villageCode: code || null,
      villageName: name,
      state: notice.closedAt ? 'closed' : notice.openedAt ? 'open' : 'waiting',
      closableFrom: clock?.closableFrom?.toISOString() ?? null,
      remainingDays: clock && stored ? clock.remaining(stored.closedAt ?? now) : null,
      contentHash: hash,
      verifyNumber: number,
      objections: [...shown.objections],
      steps,
    };
  });
}

/** Which steps of a declaration are open to the caller now and why the others are not, and what the next one needs. */
export async function stepsOf(
  read: ReadSql<Tables>,
  row: DeclarationRow,
  reader: Reader,
): Promise<Pick<Answer, 'steps' | 'next'>> {
  const { caller, now, language } = reader;
  const declaration = toDomain(row);
  const facts = factsOf(row);
  const given = { actor: partyOf(caller, row), now };
  const steps: Answer['steps'] = [];
  for (const step of DECLARATION_STEPS) {
    const refusal =
      (await callerRefusal(read, reader, COMMANDS[step], row.entityId)) ??
      declarationRefusal(step, declaration, facts, given);
    steps.push(toStep(step, refusal, language));
  }
  const policy = await industryPolicy(read, caller, now);
  const missing = missingForNext(declaration, facts, policy, now).map((refusal) => toReason(refusal, language));
  return { steps, next: { step: nextStep(declaration, facts), missing } };
}
