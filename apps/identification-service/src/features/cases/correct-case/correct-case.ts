import * as contract from '@bangfu/contracts/identification/cases';
import type { BodyOf } from '@bangfu/contracts/core/operation';
import type { Actor } from '@bangfu/platform/db/command';
import type { Identification } from '../../../db/client.ts';
import { changeCase } from '../change-cases.ts';

/** Sends a case back to a step already done. @throws DomainError CASE_SEND_BACK_TARGET and others; Refusal 404, 409 */
export function sendBackCase(
  service: Identification,
  actor: Actor,
  caseId: string,
  body: BodyOf<typeof contract.sendBackCase>,
) {
  const { toStep, reason } = body;
  return changeCase(service, contract.sendBackCase, actor, { ...body, caseId }, () => ({
    type: 'sendBack',
    toStep,
    reason,
  }));
}

/** Refuses a case at an approval; it ends. @throws DomainError; Refusal 404, 409 */
export function refuseCase(
  service: Identification,
  actor: Actor,
  caseId: string,
  body: BodyOf<typeof contract.refuseCase>,
) {
  const { reason } = body;
  return changeCase(service, contract.refuseCase, actor, { ...body, caseId }, () => ({ type: 'refuse', reason }));
}

/** Withdraws a case; it ends. @throws DomainError; Refusal 404, 409 */
export function withdrawCase(
  service: Identification,
  actor: Actor,
  caseId: string,
  body: BodyOf<typeof contract.withdrawCase>,
) {
  const { reason } = body;
  return changeCase(service, contract.withdrawCase, actor, { ...body, caseId }, () => ({ type: 'withdraw', reason }));
}
