import type { ReadSql, Transaction } from '@bangfu/data/typed-sql';
import type { PaymentLine } from '@bangfu/domain/industry/payment';
import { demand } from '@bangfu/domain/shared/errors';
import { fen } from '@bangfu/domain/shared/money';
import type { Caller } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import { lineVisible } from '../../db/shown-lines.ts';
import type { Tables } from '../../operations.ts';
import { takeListedAccounts } from './line-accounts.ts';

/** A line as its payment is decided on. */
export interface LineRow {
  readonly id: string;
  readonly declarationId: string;
  readonly lineNumber: number;
  readonly householdId: string;
  readonly householdNumber: string;
  readonly headName: string;
  readonly amountFen: number;
  readonly payableFen: number;
  readonly postedFen: number | null;
  readonly state: PaymentLine['state'];
  readonly batchId: string | null;
  readonly rejection: string | null;
  readonly replaces: number | null;
  readonly replacedBy: number | null;
}

/** Lines `l` as their payment is decided on. */
export const paymentLines = (read: ReadSql<Tables>) =>
  read
    .selectFrom('dividend_line as l')
    .select(['l.id', 'l.declaration_id as declarationId', 'l.line_number as lineNumber'])
    .select(['l.household_id as householdId', 'l.household_number as householdNumber', 'l.head_name as headName'])
    .select(['l.amount_fen as amountFen', 'l.payable_fen as payableFen', 'l.posted_fen as postedFen', 'l.state'])
    .select(['l.batch_id as batchId', 'l.rejection', 'l.replaces', 'l.replaced_by as replacedBy']);

/** The row as the domain knows it. */
export function toPaymentLine(row: LineRow): PaymentLine {
  return {
    lineNumber: row.lineNumber,
    householdNumber: row.householdNumber,
    amountFen: fen(row.amountFen),
    payableFen: fen(row.payableFen),
    ...(row.postedFen !== null && { postedFen: fen(row.postedFen) }),
    state: row.state,
    ...(row.batchId && { batchId: row.batchId }),
    ...(row.rejection && { rejection: row.rejection }),
    ...(row.replaces !== null && { replaces: row.replaces }),
    ...(row.replacedBy !== null && { replacedBy: row.replacedBy }),
  };
}

/** One line within the caller's scope: of his own entity, his region, or his own household; undefined when it is not. */
export const findLine = (
  read: ReadSql<Tables>,
  caller: Caller,
  lineId: string,
  householdIds: readonly string[] = [],
): Promise<LineRow | undefined> =>
  paymentLines(read)
    .innerJoin('declaration as d', 'd.id', 'l.declaration_id')
    .innerJoin('entity as e', 'e.id', 'd.entity_id')
    .where('l.id', '=', lineId)
    .where((eb) => eb.or([lineVisible(eb, caller), eb(eb.cast<string>('l.household_id', 'text'), 'in', householdIds)]))
    .executeTakeFirst();

/** One line within the caller's scope. @throws Refusal 404 */
export async function getLine(...given: Parameters<typeof findLine>): Promise<LineRow> {
  const row = await findLine(...given);
  if (!row) throw notFound();
  return row;
}

/** A line that takes the place of another. */
export interface NewLine {
  readonly householdNumber: string;
  readonly amountFen: number;
  readonly postedFen: number;
  readonly payableFen: number;
  readonly replaces: number;
  /** The line whose base and guarantee it goes on from. */
  readonly basis: string;
}

/**
 * Puts a line under the next number of its declaration, with the household's account of now; gives its number.
 * @throws DomainError LIST_HOUSEHOLD_UNKNOWN
 */
export async function addLine(
  tx: Transaction<Tables>,
  cipher: Cipher,
  declarationId: string,
  line: NewLine,
): Promise<number> {
  const { householdNumber, amountFen, payableFen } = line;
  const listed = await tx.sql
    .selectFrom('contract_household as m')
    .innerJoin('declaration as d', 'd.contract_id', 'm.contract_id')
    .where('d.id', '=', declarationId)
    .where('m.household_number', '=', householdNumber)
    .select(['m.county_code', 'm.household_id', 'm.household_number', 'm.head_name', 'm.village_code'])
    .select(['m.village_name', 'm.bank_name', 'm.account_tail'])
    .executeTakeFirst();
  demand(listed, 'LIST_HOUSEHOLD_UNKNOWN', { household: householdNumber });
  const basis = await tx.sql
    .selectFrom('dividend_line')
    .where('id', '=', line.basis)
    .select(['base_fen', 'guaranteed_fen'])
    .executeTakeFirstOrThrow();
  const baseFen = Math.min(basis.base_fen, amountFen);
  const added = await tx.sql
    .insertInto('dividend_line')
    .values((eb) => ({
      ...listed,
      id: eb.fn<string>('uuidv7'),
      declaration_id: declarationId,
      line_number: eb
        .selectFrom('dividend_line as x')
        .where('x.declaration_id', '=', declarationId)
        .select((x) => x(x.fn.max('x.line_number'), '+', 1).as('next'))
        .$asScalar()
        .$notNull(),
      base_fen: baseFen,
      second_fen: amountFen - baseFen,
      amount_fen: amountFen,
      guaranteed_fen: basis.guaranteed_fen,
      posted_fen: line.postedFen,
      payable_fen: payableFen,
      state: payableFen > 0 ? ('open' as const) : ('void' as const),
      account_sealed: Buffer.alloc(0),
      replaces: line.replaces,
    }))
    .returning(['id', 'line_number as number'])
    .executeTakeFirstOrThrow();
  await takeListedAccounts(tx, cipher, [added.id]);
  return added.number;
}

/** Takes a line out of what counts. */
export async function reverseLine(
  { sql }: Transaction<Tables>,
  id: string,
  state: PaymentLine['state'],
): Promise<void> {
  await sql.updateTable('dividend_line').set({ counts: null, state }).where('id', '=', id).execute();
}

/** Notes of a line which one took its place. */
export async function noteReplaced({ sql }: Transaction<Tables>, id: string, by: number | undefined): Promise<void> {
  await sql
    .updateTable('dividend_line')
    .set({ replaced_by: by ?? null })
    .where('id', '=', id)
    .execute();
}

/** Reverses a line and puts another in its place. */
export async function replaceLine(
  tx: Transaction<Tables>,
  cipher: Cipher,
  declarationId: string,
  { id, state }: { readonly id: string; readonly state: PaymentLine['state'] },
  line: NewLine,
): Promise<void> {
  await reverseLine(tx, id, state);
  await noteReplaced(tx, id, await addLine(tx, cipher, declarationId, line));
}
