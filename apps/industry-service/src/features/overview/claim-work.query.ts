import { businessDayOf } from '@bangfu/domain/shared/time';
import { workDue } from '@bangfu/domain/shared/work-policy';
import type { Sql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import type { WaitingKind } from '@bangfu/platform/work';
import { ACTS_FOR_ENTITY, scopeParams } from '../../db/scope.ts';
import { OUTSTANDING } from '../payments/standing-texts.ts';
import { listed } from './listed.ts';

interface ClaimRow {
  readonly id: string;
  readonly claimId: string;
  readonly name: string;
  readonly number: string;
  readonly head: string;
  readonly since: Date;
}

const onClaim = (kind: 'claim-to-settle' | 'settlement-to-decide', title: string, rows: readonly ClaimRow[]) =>
  listed(
    rows.map(({ id, claimId, name, number, head, since }) => ({
      id: `${kind}-${id}`,
      kind,
      title,
      detail: `${name} ${number} ${head}`,
      due: workDue(kind, businessDayOf(since)),
      link: `/industry/claims/${claimId}`,
    })),
  );

const CLAIM = `c.id::text AS "claimId", e.name, c.household_number AS number, c.head_name AS head`;
const FROM_CLAIM = `dividend_claim c JOIN declaration d ON d.id = c.declaration_id JOIN entity e ON e.id = d.entity_id`;

/** Claims of which something is open that nobody has proposed to settle. */
export async function claimsToSettle(sql: Sql, caller: Caller): Promise<WaitingKind> {
  const rows = await sql.query<ClaimRow>(
    `SELECT c.id::text AS id, ${CLAIM}, c.opened_at AS since FROM ${FROM_CLAIM}
     WHERE ${OUTSTANDING} > 0 AND ${ACTS_FOR_ENTITY}
       AND NOT EXISTS (SELECT 1 FROM claim_settlement s WHERE s.claim_id = c.id AND s.state = 'proposed')`,
    scopeParams(caller),
  );
  return onClaim('claim-to-settle', '追回多发的分红', rows);
}

/** Settlements and reversals that another person proposed. */
export async function settlementsToDecide(sql: Sql, caller: Caller): Promise<WaitingKind> {
  const rows = await sql.query<ClaimRow>(
    `SELECT s.id::text AS id, ${CLAIM}, s.made_at AS since FROM ${FROM_CLAIM}
     JOIN claim_settlement s ON s.claim_id = c.id WHERE s.state = 'proposed' AND s.made_by_id <> $3 AND ${ACTS_FOR_ENTITY}`,
    [...scopeParams(caller), caller.id],
  );
  return onClaim('settlement-to-decide', '复核收回或抵扣', rows);
}
