import { instantOf } from '@bangfu/data/instant';
import { sumOf } from '@bangfu/data/sum-of';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { Claim, Settlement, SetOffLine } from '@bangfu/domain/industry/claim';
import type { Caller } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { sql } from 'kysely';
import { entityVisible, householdVisible, villageNow } from '../../db/scope.ts';
import type { Tables } from '../../operations.ts';
import type { DeclarationRow } from '../declarations/declaration.repository.ts';
import { correctionWaits } from '../payments/correction.repository.ts';
import { type LineRow, toPaymentLine } from '../payments/line.repository.ts';
import { outstanding } from '../payments/standing.repository.ts';

/** Claims `c` with their line `l`, declaration `d` and entity `e`. */
export const claims = (read: ReadSql<Tables>) =>
  read
    .selectFrom('dividend_claim as c')
    .innerJoin('dividend_line as l', 'l.id', 'c.line_id')
    .innerJoin('declaration as d', 'd.id', 'c.declaration_id')
    .innerJoin('entity as e', 'e.id', 'd.entity_id');

/** Those of the households that a caller sees. */
const seenClaims = (read: ReadSql<Tables>, caller: Caller) =>
  claims(read).where((eb) =>
    eb.and([
      entityVisible(eb, caller),
      householdVisible(eb, caller, villageNow(eb.ref('c.household_id'), eb.ref('c.village_code'))),
    ]),
  );

/** The same, as the contract shows them. */
export const shownClaims = (read: ReadSql<Tables>, caller: Caller) =>
  seenClaims(read, caller)
    .select(['c.id', 'c.declaration_id as declarationId', 'e.id as entityId', 'e.name as entityName', 'd.year'])
    .select(['l.line_number as lineNumber', 'c.household_number as householdNumber', 'c.head_name as headName'])
    .select(['c.village_code as villageCode', 'c.village_name as villageName', 'c.amount_fen as amountFen'])
    .select(['c.reason', 'c.opened_by as openedBy'])
    .select((eb) => [outstanding(eb).as('outstandingFen'), instantOf(eb.ref('c.opened_at')).as('openedAt')]);

/** A claim with what its settlements look at. */
export type ClaimRow = Awaited<ReturnType<typeof getClaimRow>>;

/** A claim within the caller's scope, with what proposals that wait would settle of it. @throws Refusal 404 */
export async function getClaimRow(read: ReadSql<Tables>, caller: Caller, claimId: string) {
  const row = await shownClaims(read, caller)
    .where('c.id', '=', claimId)
    .select(['c.household_id as householdId', 'c.county_code as countyCode'])
    .select((eb) =>
      eb
        .selectFrom('claim_settlement as s')
        .whereRef('s.claim_id', '=', 'c.id')
        .where('s.state', '=', 'proposed')
        .where('s.kind', '<>', 'reversal')
        .select((s) => sumOf(s.ref('s.amount_fen')).as('sum'))
        .$asScalar()
        .$notNull()
        .as('waitingFen'),
    )
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** A claim as the domain knows it; what a proposal itself would settle does not wait before it. */
export const toClaim = (row: Claim, own = 0): Claim => ({ ...row, waitingFen: row.waitingFen - own });

/** Settlements `s` with what a decision needs, the oldest first. */
export const settlements = (read: ReadSql<Tables>) =>
  read
    .selectFrom('claim_settlement as s')
    .orderBy('s.recorded_at')
    .orderBy('s.id')
    .select(['s.id', 's.claim_id as claimId', 's.kind', 's.amount_fen as amountFen', 's.settled_on as settledOn'])
    .select(['s.reference', 's.reason', 's.line_id as lineId', 's.reverses', 's.made_by_id as madeById'])
    .select(['s.made_by as madeBy', 's.state', 's.decided_by as decidedBy'])
    .select((eb) => [
      instantOf(eb.ref('s.made_at')).as('madeAt'),
      eb
        .exists(
          eb
            .selectFrom('claim_settlement as r')
            .whereRef('r.reverses', '=', 's.id')
            .where('r.state', '<>', 'refused')
            .select('r.id'),
        )
        .$castTo<boolean>()
        .as('isReversed'),
    ]);

/** A settlement with what its decision needs besides what is shown. */
export type SettlementRow = Awaited<ReturnType<typeof getSettlement>>;

/** One settlement. @throws Refusal 404 */
export async function getSettlement(read: ReadSql<Tables>, id: string) {
  const row = await settlements(read).where('s.id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** A settlement as the domain knows it. */
export const toSettlement = ({ kind, state, madeById, isReversed }: SettlementRow): Settlement => ({
  kind,
  state,
  madeBy: madeById,
  isReversed,
});

/** A line as a claim would be set off against it; `besides` is the settlement that does not wait before itself. */
export async function findSetOffLine(
  read: ReadSql<Tables>,
  line: LineRow,
  declaration: DeclarationRow,
  besides: string | null = null,
): Promise<SetOffLine> {
  const { waitingFen } = await read
    .selectFrom('claim_settlement as s')
    .where('s.line_id', '=', line.id)
    .where('s.state', '=', 'proposed')
    .where('s.kind', '=', 'set-off')
    .where('s.id', 'is distinct from', besides)
    .select((eb) => sumOf(eb.ref('s.amount_fen')).as('waitingFen'))
    .executeTakeFirstOrThrow();
  const { correctionOpen } = await read
    .selectNoFrom(sql<boolean>`${correctionWaits(sql<string>`${line.id}::uuid`)}`.as('correctionOpen'))
    .executeTakeFirstOrThrow();
  const { entityId, status } = declaration;
  return { line: toPaymentLine(line), entityId, status, correctionOpen, waitingFen };
}

/** The lines of a household that an entity is to pay. */
export const findPayableLines = (
  read: ReadSql<Tables>,
  { householdNumber, entityId }: Pick<ClaimRow, 'householdNumber' | 'entityId'>,
) =>
  read
    .selectFrom('dividend_line as l')
    .innerJoin('declaration as d', 'd.id', 'l.declaration_id')
    .innerJoin('contract as k', 'k.id', 'd.contract_id')
    .where('l.household_number', '=', householdNumber)
    .where('d.entity_id', '=', entityId)
    .where('l.state', '=', 'open')
    .where('l.counts', 'is', true)
    .where('d.status', 'in', ['noticed', 'in-payment'])
    .orderBy('d.year')
    .orderBy('l.line_number')
    .select(['l.id', 'd.year', 'k.number as contractNumber', 'l.payable_fen as payableFen'])
    .execute();
