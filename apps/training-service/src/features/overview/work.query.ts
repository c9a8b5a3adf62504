import type { EveryService } from '@bangfu/contracts/core/every-service';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import type { Training } from '../../db/client.ts';

/** What waits for the caller in this service. */
export async function readWork(
  _service: Training,
  _caller: Caller,
  _now: Date,
): Promise<AnswerInputOf<EveryService['listWork']>> {
  return { items: [], total: 0 };
}
