import * as contract from '@bangfu/contracts/training/satisfaction';
import { refusalOf } from '@bangfu/domain/shared/errors';
import { demandNotKeeper } from '@bangfu/domain/training/satisfaction';
import { scopeIds } from '@bangfu/platform/auth/caller';
import { stepsWithin } from '@bangfu/platform/steps';
import { keptClasses } from '../../../db/satisfaction.ts';
import { query } from '../../../operations.ts';
import { STEP_WORDS } from '../../../reason.ts';
import { demandRatable, participations, toParticipation } from '../participation.repository.ts';

/** The classes members of the caller's household have a place in, each with whether it can be rated now. */
export const listMyTraining = query(contract.listMyTraining, async (call) => {
  const { read, caller, now } = call;
  const rows = await participations(read)
    .where('e.withdrawn_on', 'is', null)
    .where('e.household_id', 'in', scopeIds(caller, 'household'))
    .execute();
  const kept = await keptClasses(read, call, [...new Set(rows.map(({ classId }) => classId))]);
  const offered = await stepsWithin(call, STEP_WORDS, { rate: contract.rateMyTraining }, async (as) => {
    const own = scopeIds(as, 'household');
    return new Set(rows.flatMap(({ enrolmentId, householdId }) => (own.includes(householdId) ? [enrolmentId] : [])));
  });
  return {
    rows: rows.map((row) => ({
      ...toParticipation(row),
      steps: offered(row.enrolmentId, () =>
        refusalOf(() => {
          demandNotKeeper({ keepsClass: kept.has(row.classId) });
          demandRatable(row, now);
        }),
      ),
    })),
  };
});
