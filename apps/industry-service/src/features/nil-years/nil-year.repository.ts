import type { NilYear } from '@bangfu/contracts/industry/nil-years';
import type { NilYear as Nil, NilOutcome } from '@bangfu/domain/industry/nil-year';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { instantOf } from '@bangfu/data/instant';
import type { ReadSql, Transaction } from '@bangfu/data/typed-sql';
import type { Actor } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import { sql } from 'kysely';
import type { Tables } from '../../operations.ts';

/** A year declared as one with nothing to distribute, with what its steps look at. */
export interface NilRow extends NilYear {
  readonly to: BusinessDay;
  readonly countyCode: string;
  readonly entityId: string;
  readonly entityName: string;
  readonly contractNumber: string;
  readonly declaredById: string;
}

/** `dividend_nil n` with what became of it `z`, `contract c` and `entity e`. */
const nilYears = (read: ReadSql<Tables>) =>
  read
    .selectFrom('dividend_nil as n')
    .leftJoin('dividend_nil_decision as z', 'z.nil_id', 'n.id')
    .innerJoin('contract as c', 'c.id', 'n.contract_id')
    .innerJoin('entity as e', 'e.id', 'c.entity_id');

/** Those that hold for their year: they wait for the township, or are confirmed. */
export const standingNils = (read: ReadSql<Tables>) =>
  nilYears(read).where((eb) => eb.or([eb('z.outcome', 'is', null), eb('z.outcome', '=', 'confirmed')]));

/** With what its steps look at, the newest first. */
export const nilRows = (read: ReadSql<Tables>) =>
  nilYears(read)
    .orderBy('n.declared_at', 'desc')
    .orderBy('n.recorded_at', 'desc')
    .orderBy('n.id', 'desc')
    .select(['n.id', 'n.county_code as countyCode', 'n.contract_id as contractId', 'c.number as contractNumber'])
    .select(['c.entity_id as entityId', 'e.name as entityName', 'n.year', 'n.reason'])
    .select(['n.document_number as documentNumber', 'n.declared_by_id as declaredById', 'n.declared_by as declaredBy'])
    .select(['z.reason as returnReason', 'z.decided_by as decidedBy'])
    .select((eb) => [
      eb.ref('n.period_from').$castTo<BusinessDay>().as('from'),
      eb.ref('n.period_end').$castTo<BusinessDay>().as('to'),
      instantOf(eb.ref('n.declared_at')).as('declaredAt'),
      eb.fn.coalesce('z.outcome', sql.lit('proposed' as const)).as('state'),
      instantOf(eb.ref('z.decided_at')).$castTo<string | null>().as('decidedAt'),
    ]);

/** One of them. @throws Refusal 404 */
export async function getNilYear(read: ReadSql<Tables>, id: string): Promise<NilRow> {
  const row = await nilRows(read).where('n.id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** As the domain knows it. */
export const nilOf = ({ state, entityId, declaredById }: NilRow): Nil => ({
  state,
  entityId,
  declaredBy: declaredById,
});

/** Keeps what became of one; what was declared is not touched. */
export async function keepDecision(
  { sql: write }: Transaction<Tables>,
  { id, countyCode }: NilRow,
  outcome: NilOutcome,
  reason: string | null,
  { caller, now }: Pick<Actor, 'caller' | 'now'>,
): Promise<void> {
  const decided = { decided_by_id: caller.id, decided_by: caller.name, decided_at: now };
  await write
    .insertInto('dividend_nil_decision')
    .values({ nil_id: id, county_code: countyCode, outcome, reason, ...decided })
    .execute();
}

/** The dividend years of a contract that are declared, in either way. */
export async function findDeclaredYears(read: ReadSql<Tables>, contractId: string) {
  const years = await read
    .selectFrom('declaration as d')
    .where('d.contract_id', '=', contractId)
    .where('d.live', 'is', true)
    .select(['d.period_from as from', 'd.id as declarationId'])
    .execute();
  const nils = await standingNils(read)
    .where('n.contract_id', '=', contractId)
    .select('n.period_from as from')
    .execute();
  type Period = { readonly from: string };
  const declarationOf = (period: Period) => years.find(({ from }) => from === period.from)?.declarationId ?? null;
  return {
    isKnown: (period: Period) => years.some(({ from }) => from === period.from),
    isNil: (period: Period) => nils.some(({ from }) => from === period.from),
    declarationOf,
  };
}
