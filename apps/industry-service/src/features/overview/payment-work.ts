import type { IndustryPolicy } from '@bangfu/domain/industry/contract';
import { CORRECTORS } from '@bangfu/contracts/industry/payments';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { addDays, businessDayOf } from '@bangfu/domain/shared/time';
import { workDue } from '@bangfu/domain/shared/work-policy';
import { type Caller, holds } from '@bangfu/platform/auth/caller';
import type { WaitingKind } from '@bangfu/platform/work';
import { actsForEntity } from '../../db/scope.ts';
import type { Tables } from '../../operations.ts';
import { correctionWaits } from '../payments/correction.repository.ts';
import { listed } from './listed.ts';

/** Declarations `d` in the scope of their entities `e` in which a caller acts. */
const actedDeclarations = (read: ReadSql<Tables>, caller: Caller) =>
  read
    .selectFrom('declaration as d')
    .innerJoin('entity as e', 'e.id', 'd.entity_id')
    .where((eb) => actsForEntity(eb, caller));

/** Declarations in payment with lines in no batch: the bank gave them back, or a correction made them. */
export async function linesToPayAgain(
  read: ReadSql<Tables>,
  caller: Caller,
  { payWithinDays }: IndustryPolicy,
): Promise<WaitingKind> {
  const rows = await actedDeclarations(read, caller)
    .innerJoin('dividend_line as l', 'l.declaration_id', 'd.id')
    .where('l.state', '=', 'open')
    .where('l.counts', 'is', true)
    .where('d.status', '=', 'in-payment')
    .where('d.notice_closed_at', 'is not', null)
    .groupBy(['d.id', 'e.name'])
    .select(['d.id', 'e.name', 'd.year'])
    .select((eb) => [eb.fn.countAll<number>().as('lines'), eb.ref('d.notice_closed_at').$notNull().as('closedAt')])
    .execute();
  return listed(
    rows.map(({ id, name, year, lines, closedAt }) => ({
      id: `dividend-to-pay-${id}`,
      kind: 'dividend-to-pay' as const,
      title: `生成分红发放批次（${lines} 笔未发放）`,
      detail: `${name} ${year} 年度`,
      due: addDays(businessDayOf(closedAt), payWithinDays),
      link: `/industry/declarations/${id}`,
    })),
  );
}

/** Batches sent to the bank with lines its receipt has said nothing of. */
export async function receiptsToImport(
  read: ReadSql<Tables>,
  caller: Caller,
  { deadlines }: IndustryPolicy,
): Promise<WaitingKind> {
  const rows = await actedDeclarations(read, caller)
    .innerJoin('payment_batch as b', 'b.declaration_id', 'd.id')
    .innerJoin('dividend_line as l', 'l.batch_id', 'b.id')
    .where('l.state', '=', 'batched')
    .groupBy(['b.id', 'e.name'])
    .select(['b.id', 'b.number', 'e.name', 'b.created_at as createdAt'])
    .select(({ fn }) => fn.countAll<number>().as('lines'))
    .execute();
  return listed(
    rows.map(({ id, number, name, lines, createdAt }) => ({
      id: `receipt-to-import-${id}`,
      kind: 'receipt-to-import' as const,
      title: `导入银行回单（${lines} 笔未办结）`,
      detail: `${name} ${number}`,
      due: workDue(deadlines, 'receipt-to-import', businessDayOf(createdAt)),
      link: `/industry/payments/${id}`,
    })),
  );
}

/** Batches whose cancelling another person asked for. */
export async function cancelsToDecide(
  read: ReadSql<Tables>,
  caller: Caller,
  { deadlines }: IndustryPolicy,
): Promise<WaitingKind> {
  const rows = await actedDeclarations(read, caller)
    .innerJoin('payment_batch as b', 'b.declaration_id', 'd.id')
    .where('b.cancel_state', '=', 'asked')
    .where('b.cancel_asked_by_id', '<>', caller.id)
    .select(['b.id', 'b.number', 'e.name'])
    .select((eb) => eb.ref('b.cancel_asked_at').$notNull().as('askedAt'))
    .execute();
  return listed(
    rows.map(({ id, number, name, askedAt }) => ({
      id: `batch-cancel-to-decide-${id}`,
      kind: 'batch-cancel-to-decide' as const,
      title: '复核发放批次撤销',
      detail: `${name} ${number}`,
      due: workDue(deadlines, 'batch-cancel-to-decide', businessDayOf(askedAt)),
      link: `/industry/payments/${id}`,
    })),
  );
}

interface LineRow {
  readonly id: string;
  readonly declarationId: string;
  readonly name: string;
  readonly line: number;
  readonly head: string;
  readonly since: Date;
}

const onLine = (
  { deadlines }: IndustryPolicy,
  kind: 'correction-to-decide' | 'receipt-differs',
  title: string,
  rows: readonly LineRow[],
) =>
  listed(
    rows.map((row) => ({
      id: `${kind}-${row.id}`,
      kind,
      title,
      detail: `${row.name} 第 ${row.line} 笔 ${row.head}`,
      due: workDue(deadlines, kind, businessDayOf(row.since)),
      link: `/industry/declarations/${row.declarationId}`,
    })),
  );

/** Corrections that another person proposed, of those that this one decides: beyond the policy they are the leader's. */
export async function correctionsToDecide(
  read: ReadSql<Tables>,
  caller: Caller,
  policy: IndustryPolicy,
): Promise<WaitingKind> {
  const decides = [...(holds(caller, 'county-leader') ? [true] : []), ...(holds(caller, ...CORRECTORS) ? [false] : [])];
  const rows = await actedDeclarations(read, caller)
    .innerJoin('dividend_correction as c', 'c.declaration_id', 'd.id')
    .innerJoin('dividend_line as l', 'l.id', 'c.line_id')
    .where('c.state', '=', 'proposed')
    .where('c.made_by_id', '<>', caller.id)
    .where('c.higher_hand', 'in', decides)
    .select(['c.id', 'd.id as declarationId', 'e.name', 'l.line_number as line', 'l.head_name as head'])
    .select('c.made_at as since')
    .execute();
  return onLine(policy, 'correction-to-decide', '复核分红更正', rows);
}

/** Lines of which a household had another amount than was paid, that nobody has proposed to correct. */
export async function receiptsThatDiffer(
  read: ReadSql<Tables>,
  caller: Caller,
  policy: IndustryPolicy,
): Promise<WaitingKind> {
  const rows = await actedDeclarations(read, caller)
    .innerJoin('dividend_line as l', 'l.declaration_id', 'd.id')
    .where((eb) => eb('l.confirmed_fen', '<>', eb.ref('l.payable_fen')))
    .where('l.counts', 'is', true)
    .where('d.status', '<>', 'closed')
    .where((eb) => eb.not(correctionWaits(eb.ref('l.id'))))
    .select(['l.id', 'd.id as declarationId', 'e.name', 'l.line_number as line', 'l.head_name as head'])
    .select((eb) => eb.ref('l.confirmed_at').$notNull().as('since'))
    .execute();
  return onLine(policy, 'receipt-differs', '农户确认金额不符，需核实', rows);
}
