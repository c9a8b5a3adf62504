import type { Operation } from '@bangfu/contracts/core/operation';
import type { Refusal } from '@bangfu/domain/shared/errors';
import type { Sql } from '@bangfu/events/sql';
import { usableGrants } from '@bangfu/service-kit/auth/caller';
import { render } from '@bangfu/service-kit/http/messages';
import { ACTS_FOR_ENTITY, type Reach, scopeParams, SEES_ENTITY } from './db/scope.ts';
import { MESSAGES } from './messages.ts';
import type { Reader } from './reader.ts';

/** The command behind a step, and how near it asks its caller to be. */
export interface StepCommand {
  readonly op: Pick<Operation, 'access'>;
  readonly reach: Reach;
}

/** Why a command about an entity's records is closed to the caller, whatever their state; null when it is not. */
export async function callerRefusal(
  sql: Sql,
  { caller, now }: Pick<Reader, 'caller' | 'now'>,
  { op, reach }: StepCommand,
  entityId: string,
): Promise<Refusal | null> {
  const usable = usableGrants(caller, op.access, 'industry', now);
  if (usable.length === 0) return { code: 'STEP_NOT_YOURS', params: {} };
  const near = await sql.query(
    `SELECT 1 FROM entity e WHERE e.id = $3::uuid AND ${reach === 'sees' ? SEES_ENTITY : ACTS_FOR_ENTITY}`,
    [...scopeParams({ ...caller, usable }), entityId],
  );
  return near.length === 0 ? { code: 'STEP_ELSEWHERE', params: {} } : null;
}

/** A refusal as an answer shows it beside the step it closes. */
export const toReason = ({ code, params }: Refusal, language: 'zh' | 'en') => ({
  code,
  message: render(MESSAGES, code, params, language),
});

/** A step as an answer shows it: open, or closed with the reason. */
export const toStep = <Step extends string>(step: Step, refusal: Refusal | null, language: 'zh' | 'en') => ({
  step,
  open: refusal === null,
  reason: refusal && toReason(refusal, language),
});
