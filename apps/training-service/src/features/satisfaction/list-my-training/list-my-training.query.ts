import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { type listMyTraining as operation, rateMyTraining } from '@bangfu/contracts/training/satisfaction';
import { refusalOf } from '@bangfu/domain/shared/errors';
import { pgSql } from '@bangfu/events/sql';
import { scopeIds } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { callingAs, type Reader, stepsWithin } from '@bangfu/service-kit/steps';
import type { Training } from '../../../db/client.ts';
import { keepsClass } from '../../../db/satisfaction.ts';
import { STEP_WORDS } from '../../../reason.ts';
import { demandNotKeeper } from '../rate-my-training/rate-my-training.ts';
import { demandRatable, findParticipations, toParticipation } from '../participation.repository.ts';

/** The classes members of the caller's household have a place in, each with whether it can be rated now. */
export async function listMyTraining(service: Training, reader: Reader): Promise<AnswerInputOf<typeof operation>> {
  const sql = pgSql(readsOf(service, reader.caller));
  const own = (ids: readonly string[]) =>
    findParticipations(sql, 'e.withdrawn_on IS NULL AND e.household_id::text = ANY ($1::text[])', [[...ids]]);
  const rows = await own(scopeIds(reader.caller, 'household'));
  const kept = new Map<string, boolean>();
  for (const { classId } of rows) kept.set(classId, kept.get(classId) ?? (await keepsClass(sql, reader, classId)));
  const offered = await stepsWithin(reader, STEP_WORDS, { rate: rateMyTraining }, async (as) => {
    const within = await own(scopeIds(callingAs({ ...reader, caller: as }, rateMyTraining), 'household'));
    return new Set(within.map(({ enrolmentId }) => enrolmentId));
  });
  return {
    rows: rows.map((row) => ({
      ...toParticipation(row),
      steps: offered(row.enrolmentId, () =>
        refusalOf(() => {
          demandNotKeeper(kept.get(row.classId) ?? false);
          demandRatable(row, reader.now);
        }),
      ),
    })),
  };
}
