import { type Declaration } from '@bangfu/contracts/industry/declarations';
import { closeDividendNotice as operation } from '@bangfu/contracts/industry/dividend-notices';
import { closeNotice } from '@bangfu/domain/industry/declaration';
import type { Actor } from '@bangfu/service-kit/db/command';
import type { Industry } from '../../../db/client.ts';
import type { Reader } from '@bangfu/service-kit/steps';
import { takeStep } from '../../declarations/step.ts';

/**
 * Closes a notice whose full days have run and whose objections are answered.
 * @throws Refusal 404, 409; DomainError DECLARATION_STATUS, OBJECTION_OPEN, NOTICE_RUNNING
 */
export function closeDividendNotice(
  service: Industry,
  actor: Actor & Reader,
  declarationId: string,
  version: number,
): Promise<Declaration> {
  return takeStep(service, operation, actor, { declarationId, version, reach: 'sees' }, (_sql, before) => ({
    after: closeNotice(before, actor.now),
  }));
}
