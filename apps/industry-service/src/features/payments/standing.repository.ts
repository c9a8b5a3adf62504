import { balance, keptIncome, type Standing } from '@bangfu/domain/industry/payment';
import { reopenPayment } from '@bangfu/domain/industry/declaration';
import { fen } from '@bangfu/domain/shared/money';
import { businessDayOf } from '@bangfu/domain/shared/time';
import type { NewEvent } from '@bangfu/events/catalog/define';
import { dividendCorrected } from '@bangfu/events/catalog/industry';
import type { Sql } from '@bangfu/data/sql';
import type { NewId } from '@bangfu/platform/db/command';
import { type DeclarationRow, toDomain } from '../declarations/declaration.repository.ts';
import { type LineRow, PAYMENT_COLUMNS, replaceLine } from './line.repository.ts';
import type { Cipher } from '@bangfu/platform/secrets/cipher';

/** Something that reached a household and stayed with it: a payment that was not returned, a set-off that holds. */
interface Received {
  readonly id: string;
  readonly lineId: string;
  readonly householdId: string;
  readonly householdNumber: string;
  readonly amountFen: number;
}

/** How a household stands with a declaration, and what that rests on. */
export interface HouseholdStanding extends Standing {
  readonly householdId: string;
  /** Its line that counts. */
  readonly line: LineRow | null;
  readonly received: readonly Received[];
}

/** What a settlement `s` takes off its claim; a reversal puts its part back. */
export const SETTLES = `CASE s.kind WHEN 'reversal' THEN -s.amount_fen ELSE s.amount_fen END`;
const SETTLED = `sum(${SETTLES})`;
/** What is still open of `dividend_claim c`. */
export const OUTSTANDING = `(c.amount_fen - coalesce((SELECT ${SETTLED} FROM claim_settlement s
  WHERE s.claim_id = c.id AND s.state = 'approved'), 0))`;
/** A set-off `s` that was not reversed. */
const STANDING_SET_OFF = `s.kind = 'set-off' AND s.state = 'approved' AND NOT EXISTS (
  SELECT 1 FROM claim_settlement r WHERE r.reverses = s.id AND r.state = 'approved')`;
/** A payment `p` that the bank has not returned. */
export const STANDING_PAYMENT = 'NOT EXISTS (SELECT 1 FROM dividend_return r WHERE r.payment_id = p.id)';

/** Where households stand with a declaration that is held; each of those asked for, by its id. */
export async function findStandings(
  sql: Sql,
  declarationId: string,
  householdIds: readonly string[],
): Promise<Map<string, HouseholdStanding>> {
  if (householdIds.length === 0) return new Map();
  const params = [declarationId, [...householdIds]];
  const lines = await sql.query<LineRow>(
    `SELECT ${PAYMENT_COLUMNS} FROM dividend_line l
     WHERE l.declaration_id = $1::uuid AND l.household_id = ANY ($2::text[]::uuid[]) AND l.counts`,
    params,
  );
  const received = await sql.query<Received>(
    `SELECT x.id::text AS id, l.id::text AS "lineId", l.household_id::text AS "householdId",
       l.household_number AS "householdNumber", x.amount_fen::float8 AS "amountFen"
     FROM dividend_line l JOIN LATERAL (
       SELECT p.id, p.amount_fen FROM dividend_payment p WHERE p.line_id = l.id AND ${STANDING_PAYMENT}
       UNION ALL
       SELECT s.id, s.amount_fen FROM claim_settlement s WHERE s.line_id = l.id AND ${STANDING_SET_OFF}) x ON true
     WHERE l.declaration_id = $1::uuid AND l.household_id = ANY ($2::text[]::uuid[]) ORDER BY l.line_number, x.id`,
    params,
  );
  const claims = await sql.query<{ householdId: string; claimedFen: number; collectedFen: number }>(
    `SELECT c.household_id::text AS "householdId", sum(${OUTSTANDING})::float8 AS "claimedFen",
       sum(coalesce((SELECT ${SETTLED} FROM claim_settlement s WHERE s.claim_id = c.id AND s.state = 'approved'
         AND s.kind IN ('cash', 'bank', 'set-off', 'reversal')), 0))::float8 AS "collectedFen"
     FROM dividend_claim c WHERE c.declaration_id = $1::uuid AND c.household_id = ANY ($2::text[]::uuid[]) GROUP BY 1`,
    params,
  );
  const lineOf = new Map(lines.map((each) => [each.householdId, each]));
  const receivedOf = Map.groupBy(received, (each) => each.householdId);
  const claimOf = new Map(claims.map((each) => [each.householdId, each]));
  return new Map(
    householdIds.map((householdId) => {
      const line = lineOf.get(householdId) ?? null;
      const own = receivedOf.get(householdId) ?? [];
      const claim = claimOf.get(householdId);
      const gotFen = own.reduce((sum, each) => sum + each.amountFen, 0);
      const standing = {
        householdId,
        line,
        received: own,
        entitledFen: line?.amountFen ?? 0,
        hadFen: gotFen - (claim?.collectedFen ?? 0),
        claimedFen: claim?.claimedFen ?? 0,
      };
      return [householdId, standing];
    }),
  );
}

/** Of these households, those whose account with the declaration is more than one payment of one line. */
export async function withHistory(sql: Sql, declarationId: string, householdIds: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `SELECT DISTINCT l.household_id::text AS id FROM dividend_line l
     WHERE l.declaration_id = $1::uuid AND l.household_id = ANY ($2::text[]::uuid[]) AND (l.replaces IS NOT NULL
       OR l.replaced_by IS NOT NULL OR EXISTS (SELECT 1 FROM dividend_return r WHERE r.line_id = l.id)
       OR EXISTS (SELECT 1 FROM claim_settlement s WHERE s.line_id = l.id))`,
    [declarationId, [...householdIds]],
  );
  return rows.map(({ id }) => id);
}

/** Why households are balanced again: what is claimed from them now, and how a claim ends that no longer holds. */
export interface Cause {
  readonly kind: 'returned' | 'corrected';
  readonly reason: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly now: Date;
  readonly newId: NewId;
  readonly cipher: Cipher;
  /** By household: the line whose correction opens a claim; without one, the line of what it received last. */
  readonly lineOf?: (householdId: string) => string | undefined;
}

/**
 * Balances households after something changed what they have or are to have: puts what is payable on their lines,
 * opens and ends claims, and opens a closed declaration when there is something to pay again.
 * @returns what of their payments is income from now on, where that changed, and whether the declaration was reopened
 * @throws DomainError RECEIPT_RETURN_COLLECTED
 */
export async function settleHouseholds(
  sql: Sql,
  declaration: DeclarationRow,
  before: ReadonlyMap<string, HouseholdStanding>,
  cause: Cause,
): Promise<{ events: NewEvent[]; reopened: boolean }> {
  const households = [...before.keys()];
  const after = await findStandings(sql, declaration.id, households);
  const events: NewEvent[] = [];
  let payable = false;
  for (const [householdId, standing] of after) {
    const { payableFen, claimChangeFen } = balance(standing);
    if (claimChangeFen > 0) await openClaim(sql, standing, claimChangeFen, cause);
    else if (claimChangeFen < 0) await endClaims(sql, declaration.id, householdId, -claimChangeFen, cause);
    if (await putPayable(sql, declaration.id, standing, payableFen, cause)) payable = true;
    const was = new Map(keptOf(before.get(householdId)).map(({ id, keptFen }) => [id, keptFen]));
    for (const now of keptOf(standing)) {
      if ((was.get(now.id) ?? now.amountFen) !== now.keptFen) events.push(toEvent(declaration, now, cause.now));
    }
  }
  await noteRecoverable(sql, declaration.id, households);
  const reopened = payable && reopenPayment(toDomain(declaration)).status !== declaration.status;
  await sql.query(
    `UPDATE declaration SET version = version + 1, status = CASE WHEN $2::boolean THEN 'in-payment' ELSE status END
     WHERE id = $1::uuid`,
    [declaration.id, reopened],
  );
  return { events, reopened };
}

/** What of each thing received is income; the oldest counts first. */
function keptOf(standing: HouseholdStanding | undefined): (Received & { readonly keptFen: number })[] {
  if (!standing) return [];
  const kept = keptIncome(
    standing.received.map(({ amountFen }) => fen(amountFen)),
    balance(standing).incomeFen,
  );
  return standing.received.map((each, i) => ({ ...each, keptFen: kept[i] ?? 0 }));
}

const toEvent = (
  { countyCode, year }: DeclarationRow,
  { id, lineId, householdId, householdNumber, keptFen }: Received & { readonly keptFen: number },
  now: Date,
): NewEvent =>
  dividendCorrected.of(countyCode, {
    lineId,
    paymentId: id,
    householdId,
    householdNumber,
    year,
    amountFen: keptFen,
    correctedOn: businessDayOf(now),
  });

/** Puts what is payable on the household's line that counts, or on one in its place when that was paid. */
async function putPayable(
  sql: Sql,
  declarationId: string,
  { line }: HouseholdStanding,
  payableFen: number,
  { cipher }: Cause,
): Promise<boolean> {
  // What is with the bank is answered first.
  if (!line || line.state === 'batched') return false;
  if (line.state === 'paid') {
    if (payableFen > 0) {
      const { id, householdNumber, lineNumber, amountFen, postedFen } = line;
      const made = { householdNumber, amountFen, postedFen: postedFen ?? amountFen, replaces: lineNumber };
      await replaceLine(sql, cipher, declarationId, { id, state: 'paid' }, { ...made, payableFen, basis: id });
    }
  } else {
    await sql.query('UPDATE dividend_line SET payable_fen = $2::bigint, state = $3 WHERE id = $1::uuid', [
      line.id,
      payableFen,
      payableFen > 0 ? 'open' : 'void',
    ]);
  }
  return payableFen > 0;
}

/** Claims what a household has beyond what it is to have. */
async function openClaim(
  sql: Sql,
  { householdId, received }: HouseholdStanding,
  amountFen: number,
  { newId, now, reason, by, lineOf }: Cause,
): Promise<void> {
  await sql.query(
    `INSERT INTO dividend_claim (id, county_code, declaration_id, line_id, household_id, household_number, head_name,
       village_code, village_name, amount_fen, reason, opened_by, opened_at)
     SELECT $1::uuid, l.county_code, l.declaration_id, l.id, l.household_id, l.household_number, l.head_name,
       l.village_code, l.village_name, $3::bigint, $4, $5, $6::text::timestamptz
     FROM dividend_line l WHERE l.id = $2::uuid`,
    [newId(now), lineOf?.(householdId) ?? received.at(-1)?.lineId, amountFen, reason, by.name, now.toISOString()],
  );
}

/** Ends claims, the oldest first, for so much as they no longer hold. */
async function endClaims(
  sql: Sql,
  declarationId: string,
  householdId: string,
  amountFen: number,
  { kind, reason, by, now, newId }: Cause,
): Promise<void> {
  const claims = await sql.query<{ id: string; openFen: number }>(
    `SELECT c.id::text AS id, ${OUTSTANDING}::float8 AS "openFen" FROM dividend_claim c
     WHERE c.declaration_id = $1::uuid AND c.household_id = $2::uuid ORDER BY c.recorded_at, c.id`,
    [declarationId, householdId],
  );
  const parts = keptIncome(
    claims.map(({ openFen }) => fen(openFen)),
    fen(amountFen),
  );
  for (const [i, { id }] of claims.entries()) {
    const part = parts[i] ?? 0;
    if (part === 0) continue;
    await sql.query(
      `INSERT INTO claim_settlement (id, claim_id, county_code, kind, amount_fen, settled_on, reference, reason, made_by_id,
         made_by, made_at, state, decided_by, decided_at)
       SELECT $1::uuid, c.id, c.county_code, $3, $4::bigint, $5::text::date, '', $6, $7, $8, $9::text::timestamptz,
         'approved', $8, $9::text::timestamptz FROM dividend_claim c WHERE c.id = $2::uuid`,
      [newId(now), id, kind, part, businessDayOf(now), reason, by.id, by.name, now.toISOString()],
    );
  }
}

/** Notes on the lines what is still to be recovered by their claims. */
async function noteRecoverable(sql: Sql, declarationId: string, householdIds: readonly string[]): Promise<void> {
  await sql.query(
    `UPDATE dividend_line l SET recoverable_fen = nullif(x.open, 0)
     FROM (SELECT c.line_id, sum(${OUTSTANDING})::bigint AS open FROM dividend_claim c
       WHERE c.declaration_id = $1::uuid AND c.household_id = ANY ($2::text[]::uuid[]) GROUP BY c.line_id) x
     WHERE l.id = x.line_id AND l.recoverable_fen IS DISTINCT FROM nullif(x.open, 0)`,
    [declarationId, [...householdIds]],
  );
}
