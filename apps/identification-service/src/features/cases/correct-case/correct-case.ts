import { refuseCase, sendBackCase, withdrawCase } from '@bangfu/contracts/identification/cases';
import type { BodyOf } from '@bangfu/contracts/core/operation';
import type { Actor } from '@bangfu/service-kit/db/command';
import type { Identification } from '../../../db/client.ts';
import { changeCase } from '../change-cases.ts';

/** Sends a case back to a step already done. @throws DomainError CASE_SEND_BACK_TARGET and others; Refusal 404, 409 */
export function sendBack(service: Identification, actor: Actor, caseId: string, body: BodyOf<typeof sendBackCase>) {
  const { toStep, reason } = body;
  return changeCase(service, sendBackCase, actor, { ...body, caseId }, () => ({ type: 'sendBack', toStep, reason }));
}

/** Refuses a case at an approval; it ends. @throws DomainError; Refusal 404, 409 */
export function refuse(service: Identification, actor: Actor, caseId: string, body: BodyOf<typeof refuseCase>) {
  const { reason } = body;
  return changeCase(service, refuseCase, actor, { ...body, caseId }, () => ({ type: 'refuse', reason }));
}

/** Withdraws a case; it ends. @throws DomainError; Refusal 404, 409 */
export function withdraw(service: Identification, actor: Actor, caseId: string, body: BodyOf<typeof withdrawCase>) {
  const { reason } = body;
  return changeCase(service, withdrawCase, actor, { ...body, caseId }, () => ({ type: 'withdraw', reason }));
}
