import type { Refusal } from '@bangfu/domain/shared/errors';
import type { Sql } from '@bangfu/data/sql';
import { callingAs, grantRefusal, type Reader, type StepCommand as Command, stepWords } from '@bangfu/platform/steps';
import { ACTS_FOR_ENTITY, type Reach, scopeParams, SEES_ENTITY } from './db/scope.ts';
import { MESSAGES } from './messages.ts';

/** The command behind a step, and how near it asks its caller to be. */
export interface StepCommand {
  readonly op: Command;
  readonly reach: Reach;
}

export const { toReason, toOffer, toStep } = stepWords(MESSAGES);

/** Why a command about an entity's records is closed to the caller, whatever their state; null when it is not. */
export async function callerRefusal(
  sql: Sql,
  reader: Pick<Reader, 'caller' | 'now'>,
  { op, reach }: StepCommand,
  entityId: string,
): Promise<Refusal | null> {
  const as = callingAs(reader, op);
  const closed = grantRefusal(as);
  if (closed) return closed;
  const near = await sql.query(
    `SELECT 1 FROM entity e WHERE e.id = $3::uuid AND ${reach === 'sees' ? SEES_ENTITY : ACTS_FOR_ENTITY}`,
    [...scopeParams(as), entityId],
  );
  return near.length === 0 ? { code: 'STEP_ELSEWHERE', params: {} } : null;
}
