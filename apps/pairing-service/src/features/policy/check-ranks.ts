import { PAIRING } from '@bangfu/contracts/pairing/policies';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { requireRanks } from '@bangfu/domain/pairing/require-ranks';
import { demand } from '@bangfu/domain/shared/errors';
import type { PolicyChecks } from '@bangfu/platform/policy/policy-checks';
import type { Tables } from '../../operations.ts';

/** The ranks that the cadres in service of a county hold, in the order of the first of each, who is named. */
const ranksInUse = (read: ReadSql<Tables>, countyCode: string) =>
  read
    .selectFrom((eb) =>
      eb
        .selectFrom('cadre as c')
        .where('c.county_code', '=', countyCode)
        .where('c.active', '=', true)
        .distinctOn('c.rank')
        .orderBy('c.rank')
        .orderBy('c.id')
        .select(['c.id', 'c.rank', 'c.name'])
        .as('held'),
    )
    .orderBy('held.id')
    .select(['held.rank', 'held.name'])
    .execute();

/**
 * Requires that the ranks of a version can hold in the county as it is: somebody may help, and no cadre in service loses
 * his rank.
 * @throws DomainError RANK_TWICE, POLICY_NO_QUOTA, RANK_IN_USE
 */
export const CHECKS: PolicyChecks = {
  [PAIRING.key]: async (read, countyCode, value) => {
    const { ranks } = PAIRING.schema.parse(value);
    requireRanks(ranks);
    const inUse = await ranksInUse(read as ReadSql<Tables>, countyCode);
    const lost = inUse.find((held) => !ranks.some(({ rank }) => rank === held.rank));
    demand(!lost, 'RANK_IN_USE', { rank: lost?.rank ?? '', name: lost?.name ?? '' });
  },
};
