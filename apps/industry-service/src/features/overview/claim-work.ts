import type { ReadSql } from '@bangfu/data/typed-sql';
import type { IndustryPolicy } from '@bangfu/domain/industry/contract';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { workDue } from '@bangfu/domain/shared/work-policy';
import type { Caller } from '@bangfu/platform/auth/caller';
import type { WaitingKind } from '@bangfu/platform/work';
import { actsForEntity } from '../../db/scope.ts';
import type { Tables } from '../../operations.ts';
import { outstanding } from '../payments/standing.repository.ts';
import { listed } from './listed.ts';

interface ClaimRow {
  readonly id: string;
  readonly claimId: string;
  readonly name: string;
  readonly number: string;
  readonly head: string;
  readonly since: Date;
}

const onClaim = (
  { deadlines }: IndustryPolicy,
  kind: 'claim-to-settle' | 'settlement-to-decide',
  title: string,
  rows: readonly ClaimRow[],
) =>
  listed(
    rows.map(({ id, claimId, name, number, head, since }) => ({
      id: `${kind}-${id}`,
      kind,
      title,
      detail: `${name} ${number} ${head}`,
      due: workDue(deadlines, kind, businessDayOf(since)),
      link: `/industry/claims/${claimId}`,
    })),
  );

/** Claims `c` on which a caller acts. */
const actedClaims = (read: ReadSql<Tables>, caller: Caller) =>
  read
    .selectFrom('dividend_claim as c')
    .innerJoin('declaration as d', 'd.id', 'c.declaration_id')
    .innerJoin('entity as e', 'e.id', 'd.entity_id')
    .where((eb) => actsForEntity(eb, caller))
    .select(['c.id as claimId', 'e.name', 'c.household_number as number', 'c.head_name as head']);

/** Claims of which something is open that nobody has proposed to settle. */
export async function claimsToSettle(
  read: ReadSql<Tables>,
  caller: Caller,
  policy: IndustryPolicy,
): Promise<WaitingKind> {
  const rows = await actedClaims(read, caller)
    .where((eb) => eb(outstanding(eb), '>', 0))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('claim_settlement as s')
            .whereRef('s.claim_id', '=', 'c.id')
            .where('s.state', '=', 'proposed')
            .select('s.id'),
        ),
      ),
    )
    .select(['c.id', 'c.opened_at as since'])
    .execute();
  return onClaim(policy, 'claim-to-settle', '追回多发的分红', rows);
}

/** Settlements and reversals that another person proposed. */
export async function settlementsToDecide(
  read: ReadSql<Tables>,
  caller: Caller,
  policy: IndustryPolicy,
): Promise<WaitingKind> {
  const rows = await actedClaims(read, caller)
    .innerJoin('claim_settlement as s', 's.claim_id', 'c.id')
    .where('s.state', '=', 'proposed')
    .where('s.made_by_id', '<>', caller.id)
    .select(['s.id', 's.made_at as since'])
    .execute();
  return onClaim(policy, 'settlement-to-decide', '复核收回或抵扣', rows);
}
