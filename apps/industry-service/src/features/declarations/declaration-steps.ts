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
import type { Sql } from '@bangfu/events/sql';
import type { Reader } from '@bangfu/service-kit/steps';
import { callerRefusal, type StepCommand, toReason, toStep } from '../../steps.ts';
import { POLICY } from '../contracts/policy.ts';
import { type DeclarationRow, factsOf, partyOf, toDomain } from './declaration.repository.ts';

type Answer = AnswerInputOf<typeof contract.getDeclaration>;

const COMMANDS: Record<DeclarationStep, StepCommand> = {
  redraft: { op: contract.redraftDeclaration, reach: 'acts' },
  discard: { op: contract.discardDeclaration, reach: 'acts' },
  submit: { op: contract.submitDeclaration, reach: 'acts' },
  check: { op: contract.checkDeclaration, reach: 'acts' },
  'open-notice': { op: notices.openDividendNotice, reach: 'sees' },
  'answer-objection': { op: notices.answerDividendObjection, reach: 'acts' },
  'close-notice': { op: notices.closeDividendNotice, reach: 'sees' },
  pay: { op: createPaymentBatch, reach: 'acts' },
  close: { op: contract.closeDeclaration, reach: 'acts' },
};

/** Which steps of a declaration are open to the caller now and why the others are not, and what the next one needs. */
export async function stepsOf(sql: Sql, row: DeclarationRow, reader: Reader): Promise<Pick<Answer, 'steps' | 'next'>> {
  const { caller, now, language } = reader;
  const declaration = toDomain(row);
  const facts = factsOf(row);
  const given = { actor: partyOf(caller, row), policy: POLICY, now };
  const steps: Answer['steps'] = [];
  for (const step of DECLARATION_STEPS) {
    const refusal =
      (await callerRefusal(sql, reader, COMMANDS[step], row.entityId)) ??
      declarationRefusal(step, declaration, facts, given);
    steps.push(toStep(step, refusal, language));
  }
  const missing = missingForNext(declaration, facts, POLICY, now).map((refusal) => toReason(refusal, language));
  return { steps, next: { step: nextStep(declaration, facts), missing } };
}
