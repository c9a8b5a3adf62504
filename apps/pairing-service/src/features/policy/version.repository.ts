import { type PairingPolicyVersion, PolicyContent } from '@bangfu/contracts/pairing/policy';
import { instantOf } from '@bangfu/data/instant';
import type { ReadSql, Transaction } from '@bangfu/data/typed-sql';
import { demandRanks, type PolicyStanding } from '@bangfu/domain/pairing/policy-steps';
import { demand } from '@bangfu/domain/shared/errors';
import type { Caller } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Tables } from '../../operations.ts';

/** A version as it is kept; the accounts are for the rule of different people. */
export interface PolicyRecord extends PairingPolicyVersion, Pick<PolicyStanding, 'writerIds' | 'enforcerId'> {}

/** A county's versions. */
export const versionsOf = (read: ReadSql<Tables>, countyCode: string) =>
  read
    .selectFrom('pairing_policy as p')
    .where('p.county_code', '=', countyCode)
    .select(['p.id', 'p.valid_from as validFrom', 'p.document', 'p.content', 'p.state', 'p.account_name as makerName'])
    .select(['p.writer_ids as writerIds', 'p.enforcer_id as enforcerId', 'p.enforcer_name as enforcerName'])
    .select((eb) => instantOf(eb.ref('p.enforced_at')).$castTo<string | null>().as('enforcedAt'))
    .select(['p.supersedes', 'p.closer_name as closerName', 'p.close_reason as closeReason', 'p.version']);

/** Stored versions hold what their day knew; what was added since has its default. */
export const asStored = <Row extends { content: unknown }>(row: Row) => ({
  ...row,
  content: PolicyContent.parse(row.content),
});

/** One version of the caller's county. @throws Refusal 404 */
export async function getVersion(read: ReadSql<Tables>, id: string, caller: Caller): Promise<PolicyRecord> {
  const row = await versionsOf(read, caller.countyCode).where('p.id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  return asStored(row);
}

/** The same, locked for a change. @throws Refusal 404 */
export async function lockVersion({ sql }: Transaction<Tables>, id: string, caller: Caller): Promise<PolicyRecord> {
  const row = await versionsOf(sql, caller.countyCode).where('p.id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw notFound();
  return asStored(row);
}

/** A version as the contract shows it. */
export function shownVersion({ writerIds: _writers, enforcerId: _enforcer, ...version }: PolicyRecord) {
  return version;
}

/** A rank that cadres of the county hold, and the first of them. */
export interface RankInUse {
  readonly rank: string;
  readonly name: string;
}

/** The ranks that the cadres in service of a county hold, in the order of the first of each. */
export const ranksInUse = (read: ReadSql<Tables>, countyCode: string): Promise<RankInUse[]> =>
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
 * Demands that the ranks of a version can hold in the county as it is: somebody may help, and no cadre in service loses
 * his rank.
 * @throws DomainError RANK_TWICE, POLICY_NO_QUOTA, RANK_IN_USE
 */
export function demandContent({ ranks }: PolicyContent, inUse: readonly RankInUse[]): void {
  demandRanks(ranks);
  const lost = inUse.find((held) => !ranks.some(({ rank }) => rank === held.rank));
  demand(!lost, 'RANK_IN_USE', { rank: lost?.rank ?? '', name: lost?.name ?? '' });
}
