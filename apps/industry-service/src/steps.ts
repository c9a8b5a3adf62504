import type { ReadSql } from '@bangfu/data/typed-sql';
import type { Refusal } from '@bangfu/domain/shared/errors';
import { callingAs, grantRefusal, type Reader, type StepCommand as Command, stepWords } from '@bangfu/platform/steps';
import { actsForEntity, entityVisible, type Reach } from './db/scope.ts';
import { MESSAGES } from './messages.ts';
import type { Tables } from './operations.ts';

/** The command behind a step, and how near it asks its caller to be. */
export interface StepCommand {
  readonly op: Command;
  readonly reach: Reach;
}

export const { toReason, toOffer, toStep } = stepWords(MESSAGES);

/** Why a command about an entity's records is closed to the caller, whatever their state; null when it is not. */
export async function callerRefusal(
  read: ReadSql<Tables>,
  reader: Pick<Reader, 'caller' | 'now'>,
  { op, reach }: StepCommand,
  entityId: string,
): Promise<Refusal | null> {
  const as = callingAs(reader, op);
  const closed = grantRefusal(as);
  if (closed) return closed;
  const near = await read
    .selectFrom('entity as e')
    .where('e.id', '=', entityId)
    .where((eb) => (reach === 'sees' ? entityVisible(eb, as) : actsForEntity(eb, as)))
    .select('e.id')
    .executeTakeFirst();
  return near ? null : { code: 'STEP_ELSEWHERE', params: {} };
}
