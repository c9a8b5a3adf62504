import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { type listMyTraining as operation, rateMyTraining } from '@bangfu/contracts/training/satisfaction';
import { refusalOf } from '@bangfu/domain/shared/errors';
import { demandNotKeeper } from '@bangfu/domain/training/satisfaction';
import { pgSql } from '@bangfu/data/sql';
import { scopeIds } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import { type Reader, stepsWithin } from '@bangfu/platform/steps';
import type { Training } from '../../../db/client.ts';
import { keptClasses } from '../../../db/satisfaction.ts';
import { STEP_WORDS } from '../../../reason.ts';
import { demandRatable, findParticipations, toParticipation } from '../participation.repository.ts';

/** The classes members of the caller's household have a place in, each with whether it can be rated now. */
export async function listMyTraining(service: Training, reader: Reader): Promise<AnswerInputOf<typeof operation>> {
  const sql = pgSql(readsOf(service, reader.caller));
  const rows = await findParticipations(sql, 'e.withdrawn_on IS NULL AND e.household_id::text = ANY ($1::text[])', [
    scopeIds(reader.caller, 'household'),
  ]);
  const kept = await keptClasses(sql, reader, [...new Set(rows.map(({ classId }) => classId))]);
  const offered = await stepsWithin(reader, STEP_WORDS, { rate: rateMyTraining }, async (as) => {
    const own = scopeIds(as, 'household');
    return new Set(rows.flatMap(({ enrolmentId, householdId }) => (own.includes(householdId) ? [enrolmentId] : [])));
  });
  return {
    rows: rows.map((row) => ({
      ...toParticipation(row),
      steps: offered(row.enrolmentId, () =>
        refusalOf(() => {
          demandNotKeeper({ keepsClass: kept.has(row.classId) });
          demandRatable(row, reader.now);
        }),
      ),
    })),
  };
}
