import type { QueryOf } from '@bangfu/contracts/core/operation';
import { type listPairingPolicies, type PairingPolicyVersion, PolicyContent } from '@bangfu/contracts/pairing/policy';
import { demandRanks, type PolicyStanding, POLICY_STATES } from '@bangfu/domain/pairing/policy-steps';
import { demand } from '@bangfu/domain/shared/errors';
import type { Sql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { instant } from '@bangfu/data/instant';
import { byDay, byId, byInstant, byName, byStage, down, listOrder, nullable } from '@bangfu/data/list-order';
import { readPage } from '@bangfu/platform/http/page';
import { notFound } from '@bangfu/platform/http/refusal';

/** A version as it is kept; the accounts are for the rule of different people. */
export interface PolicyRecord extends PairingPolicyVersion, Pick<PolicyStanding, 'writerIds' | 'enforcerId'> {}

const COLUMNS = `p.id::text AS id, p.valid_from::text AS "validFrom", p.document, p.content, p.state,
  p.account_name AS "makerName", p.writer_ids AS "writerIds", p.enforcer_id AS "enforcerId",
  p.enforcer_name AS "enforcerName", ${instant('p.enforced_at')} AS "enforcedAt", p.supersedes::text AS supersedes,
  p.closer_name AS "closerName", p.close_reason AS "closeReason", p.version`;

const ORDER = listOrder<QueryOf<typeof listPairingPolicies>>(
  {
    validFrom: byDay('p.valid_from'),
    document: byName('p.document'),
    state: byStage('p.state', POLICY_STATES),
    makerName: byName('p.account_name'),
    enforcerName: nullable(byName('p.enforcer_name')),
    enforcedAt: nullable(byInstant('p.enforced_at')),
    closerName: nullable(byName('p.closer_name')),
  },
  [down(byDay('p.valid_from')), down(byId('p.id'))],
);

/** Stored versions hold what their day knew; what was added since has its default. */
const asStored = <Row extends { content: unknown }>(row: Row) => ({
  ...row,
  content: PolicyContent.parse(row.content),
});

/** One page of a county's versions, latest day first. */
export async function findVersions(sql: Sql, caller: Caller, query: QueryOf<typeof listPairingPolicies>) {
  const page = await readPage<PolicyRecord>(sql, ORDER, query, {
    columns: COLUMNS,
    from: 'FROM pairing_policy p WHERE p.county_code = $1',
    params: [caller.countyCode],
  });
  return { ...page, rows: page.rows.map(asStored) };
}

/** One version of the caller's county, locked for a change. @throws Refusal 404 */
export async function getVersion(sql: Sql, id: string, caller: Caller, lock = false): Promise<PolicyRecord> {
  const [row] = await sql.query<PolicyRecord>(
    `SELECT ${COLUMNS} FROM pairing_policy p WHERE p.id = $1::uuid AND p.county_code = $2 ${lock ? 'FOR UPDATE' : ''}`,
    [id, caller.countyCode],
  );
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
export function ranksInUse(sql: Sql, countyCode: string): Promise<RankInUse[]> {
  return sql.query(
    `SELECT rank, name FROM (SELECT DISTINCT ON (rank) id, rank, name FROM cadre WHERE county_code = $1 AND active
       ORDER BY rank, id) held ORDER BY id`,
    [countyCode],
  );
}

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
