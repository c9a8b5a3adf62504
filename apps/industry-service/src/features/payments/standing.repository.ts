import { isAnyOf } from '@bangfu/data/any-of';
import { sumOf } from '@bangfu/data/sum-of';
import type { ReadSql, Transaction } from '@bangfu/data/typed-sql';
import { reopenPayment } from '@bangfu/domain/industry/declaration';
import { balance, keptIncome, type Standing } from '@bangfu/domain/industry/payment';
import { fen } from '@bangfu/domain/shared/money';
import { businessDayOf } from '@bangfu/domain/shared/time';
import type { NewEvent } from '@bangfu/events/catalog/define';
import { dividendCorrected } from '@bangfu/events/catalog/industry';
import type { NewId } from '@bangfu/platform/db/command';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import type { ExpressionBuilder } from 'kysely';
import type { Tables } from '../../operations.ts';
import { type DeclarationRow, toDomain } from '../declarations/declaration.repository.ts';
import { type LineRow, paymentLines, replaceLine } from './line.repository.ts';

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

type OfClaim = ExpressionBuilder<Tables & { c: Tables['dividend_claim'] }, 'c'>;
type OfSettlement = ExpressionBuilder<Tables & { s: Tables['claim_settlement'] }, 's'>;
type OfPayment = ExpressionBuilder<Tables & { p: Tables['dividend_payment'] }, 'p'>;

/** What a settlement `s` takes off its claim; a reversal puts its part back. */
export const settles = (eb: OfSettlement) =>
  eb
    .case()
    .when('s.kind', '=', 'reversal')
    .then(eb.neg(eb.ref('s.amount_fen')))
    .else(eb.ref('s.amount_fen'))
    .end();

/** The settlements of `dividend_claim c` that were approved. */
const settlementsOf = (eb: OfClaim) =>
  eb.selectFrom('claim_settlement as s').whereRef('s.claim_id', '=', 'c.id').where('s.state', '=', 'approved');

/** What is still open of `dividend_claim c`. */
export const outstanding = (eb: OfClaim) =>
  eb(
    'c.amount_fen',
    '-',
    settlementsOf(eb)
      .select((s) => sumOf(settles(s)).as('sum'))
      .$asScalar()
      .$notNull(),
  ).$castTo<number>();

/** Whether the bank has not returned a payment `p`. */
export const isKept = (eb: OfPayment) =>
  eb.not(eb.exists(eb.selectFrom('dividend_return as r').whereRef('r.payment_id', '=', 'p.id').select('r.payment_id')));

/** Whether a settlement `s` is a set-off that was not reversed. */
const isSetOff = (eb: OfSettlement) =>
  eb.and([
    eb('s.kind', '=', 'set-off'),
    eb('s.state', '=', 'approved'),
    eb.not(
      eb.exists(
        eb
          .selectFrom('claim_settlement as r')
          .whereRef('r.reverses', '=', 's.id')
          .where('r.state', '=', 'approved')
          .select('r.id'),
      ),
    ),
  ]);

/** Where households stand with a declaration that is held; each of those asked for, by its id. */
export async function findStandings(
  read: ReadSql<Tables>,
  declarationId: string,
  householdIds: readonly string[],
): Promise<Map<string, HouseholdStanding>> {
  if (householdIds.length === 0) return new Map();
  const lines = await paymentLines(read)
    .where('l.declaration_id', '=', declarationId)
    .where((eb) => isAnyOf(eb.ref('l.household_id'), householdIds, 'uuid'))
    .where('l.counts', '=', true)
    .execute();
  const received = await read
    .selectFrom('dividend_line as l')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('dividend_payment as p')
          .whereRef('p.line_id', '=', 'l.id')
          .where((p) => isKept(p))
          .select(['p.id', 'p.amount_fen as amountFen'])
          .unionAll(
            eb
              .selectFrom('claim_settlement as s')
              .whereRef('s.line_id', '=', 'l.id')
              .where((s) => isSetOff(s))
              .select(['s.id', 's.amount_fen as amountFen']),
          )
          .as('x'),
      (join) => join.onTrue(),
    )
    .where('l.declaration_id', '=', declarationId)
    .where((eb) => isAnyOf(eb.ref('l.household_id'), householdIds, 'uuid'))
    .orderBy('l.line_number')
    .orderBy('x.id')
    .select(['x.id', 'l.id as lineId', 'l.household_id as householdId', 'l.household_number as householdNumber'])
    .select('x.amountFen')
    .execute();
  const claims = await read
    .selectFrom('dividend_claim as c')
    .where('c.declaration_id', '=', declarationId)
    .where((eb) => isAnyOf(eb.ref('c.household_id'), householdIds, 'uuid'))
    .groupBy('c.household_id')
    .select((eb) => {
      const collected = settlementsOf(eb)
        .where('s.kind', 'in', ['cash', 'bank', 'set-off', 'reversal'])
        .select((s) => sumOf(settles(s)).as('sum'))
        .$asScalar()
        .$notNull();
      return [
        'c.household_id as householdId',
        sumOf(outstanding(eb)).as('claimedFen'),
        sumOf(collected).as('collectedFen'),
      ];
    })
    .execute();
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
export async function withHistory(
  read: ReadSql<Tables>,
  declarationId: string,
  householdIds: readonly string[],
): Promise<string[]> {
  const rows = await read
    .selectFrom('dividend_line as l')
    .distinct()
    .where('l.declaration_id', '=', declarationId)
    .where((eb) => isAnyOf(eb.ref('l.household_id'), householdIds, 'uuid'))
    .where((eb) =>
      eb.or([
        eb('l.replaces', 'is not', null),
        eb('l.replaced_by', 'is not', null),
        eb.exists(eb.selectFrom('dividend_return as r').whereRef('r.line_id', '=', 'l.id').select('r.payment_id')),
        eb.exists(eb.selectFrom('claim_settlement as s').whereRef('s.line_id', '=', 'l.id').select('s.id')),
      ]),
    )
    .select('l.household_id as id')
    .execute();
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
  tx: Transaction<Tables>,
  declaration: DeclarationRow,
  before: ReadonlyMap<string, HouseholdStanding>,
  cause: Cause,
): Promise<{ events: NewEvent[]; reopened: boolean }> {
  const households = [...before.keys()];
  const after = await findStandings(tx.sql, declaration.id, households);
  const events: NewEvent[] = [];
  let payable = false;
  for (const [householdId, standing] of after) {
    const { payableFen, claimChangeFen } = balance(standing);
    if (claimChangeFen > 0) await openClaim(tx, standing, claimChangeFen, cause);
    else if (claimChangeFen < 0) await endClaims(tx, declaration.id, householdId, -claimChangeFen, cause);
    if (await putPayable(tx, declaration.id, standing, payableFen, cause)) payable = true;
    const was = new Map(keptOf(before.get(householdId)).map(({ id, keptFen }) => [id, keptFen]));
    for (const now of keptOf(standing)) {
      if ((was.get(now.id) ?? now.amountFen) !== now.keptFen) events.push(toEvent(declaration, now, cause.now));
    }
  }
  await noteRecoverable(tx, declaration.id, households);
  const reopened = payable && reopenPayment(toDomain(declaration)).status !== declaration.status;
  await tx.sql
    .updateTable('declaration')
    .set((eb) => ({ version: eb('version', '+', 1), ...(reopened && { status: 'in-payment' as const }) }))
    .where('id', '=', declaration.id)
    .execute();
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
  tx: Transaction<Tables>,
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
      await replaceLine(tx, cipher, declarationId, { id, state: 'paid' }, { ...made, payableFen, basis: id });
    }
  } else {
    await tx.sql
      .updateTable('dividend_line')
      .set({ payable_fen: payableFen, state: payableFen > 0 ? 'open' : 'void' })
      .where('id', '=', line.id)
      .execute();
  }
  return payableFen > 0;
}

/** Claims what a household has beyond what it is to have. */
async function openClaim(
  { sql }: Transaction<Tables>,
  { householdId, received }: HouseholdStanding,
  amountFen: number,
  { newId, now, reason, by, lineOf }: Cause,
): Promise<void> {
  const lineId = lineOf?.(householdId) ?? received.at(-1)?.lineId;
  if (lineId === undefined) return;
  const line = await sql
    .selectFrom('dividend_line')
    .where('id', '=', lineId)
    .select(['county_code', 'declaration_id', 'household_id', 'household_number', 'head_name'])
    .select(['village_code', 'village_name'])
    .executeTakeFirstOrThrow();
  await sql
    .insertInto('dividend_claim')
    .values({
      ...line,
      id: newId(now),
      line_id: lineId,
      amount_fen: amountFen,
      reason,
      opened_by: by.name,
      opened_at: now,
    })
    .execute();
}

/** Ends claims, the oldest first, for so much as they no longer hold. */
async function endClaims(
  { sql }: Transaction<Tables>,
  declarationId: string,
  householdId: string,
  amountFen: number,
  { kind, reason, by, now, newId }: Cause,
): Promise<void> {
  const claims = await sql
    .selectFrom('dividend_claim as c')
    .where('c.declaration_id', '=', declarationId)
    .where('c.household_id', '=', householdId)
    .orderBy('c.recorded_at')
    .orderBy('c.id')
    .select((eb) => ['c.id', 'c.county_code as countyCode', outstanding(eb).as('openFen')])
    .execute();
  const parts = keptIncome(
    claims.map(({ openFen }) => fen(openFen)),
    fen(amountFen),
  );
  for (const [i, { id, countyCode }] of claims.entries()) {
    const part = parts[i] ?? 0;
    if (part === 0) continue;
    await sql
      .insertInto('claim_settlement')
      .values({
        id: newId(now),
        claim_id: id,
        county_code: countyCode,
        kind,
        amount_fen: part,
        settled_on: businessDayOf(now),
        reference: '',
        reason,
        made_by_id: by.id,
        made_by: by.name,
        made_at: now,
        state: 'approved',
        decided_by: by.name,
        decided_at: now,
      })
      .execute();
  }
}

/** Notes on the lines what is still to be recovered by their claims. */
async function noteRecoverable(
  { sql }: Transaction<Tables>,
  declarationId: string,
  householdIds: readonly string[],
): Promise<void> {
  await sql
    .updateTable('dividend_line as l')
    .from((eb) =>
      eb
        .selectFrom('dividend_claim as c')
        .where('c.declaration_id', '=', declarationId)
        .where((c) => isAnyOf(c.ref('c.household_id'), householdIds, 'uuid'))
        .groupBy('c.line_id')
        .select((c) => ['c.line_id', c.fn<number | null>('nullif', [sumOf(outstanding(c)), c.lit(0)]).as('open')])
        .as('x'),
    )
    .set((eb) => ({ recoverable_fen: eb.ref('x.open') }))
    .whereRef('l.id', '=', 'x.line_id')
    .whereRef('l.recoverable_fen', 'is distinct from', 'x.open')
    .execute();
}
