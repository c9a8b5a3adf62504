import type { QueryOf } from '@bangfu/contracts/core/operation';
import { DECLARATION_STATUSES } from '@bangfu/contracts/industry/declarations';
import * as contract from '@bangfu/contracts/industry/dividends';
import { sumOf } from '@bangfu/data/sum-of';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { type Caller, readsMasked } from '@bangfu/platform/auth/caller';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { searchPattern } from '@bangfu/platform/search/name-search';
import { entityVisible } from '../../../db/scope.ts';
import { LINE_ORDER, lineNamed, lineVisible, shownLines } from '../../../db/shown-lines.ts';
import { query, type Tables } from '../../../operations.ts';

type Asked = QueryOf<typeof contract.listDividends>;

/** Lines of all declarations but drafts: a draft promises nothing, its lines are in no list and no total. */
const dividends = (read: ReadSql<Tables>) =>
  shownLines(read)
    .innerJoin('contract as c', 'c.id', 'd.contract_id')
    .where('d.status', 'not in', ['drafted', 'discarded'])
    .select(['d.id as declarationId', 'e.name as entityName', 'c.number as contractNumber', 'd.year', 'd.status'])
    .select('l.guaranteed_fen as guaranteedFen');

const ORDER = orderOf<Asked>()(dividends, (by) => ({
  columns: {
    ...LINE_ORDER.columns,
    entityName: by.name('e.name'),
    contractNumber: by.text('c.number'),
    year: by.number('d.year'),
    status: by.stage('d.status', DECLARATION_STATUSES),
    guaranteedFen: by.number('l.guaranteed_fen'),
  },
  own: [{ ...by.id('d.id'), down: true }, LINE_ORDER.columns.lineNumber],
}));

/** One page of lines over all declarations but drafts, the latest declaration first, with what all of them come to. */
export async function findDividends(read: ReadSql<Tables>, caller: Caller, asked: Asked) {
  let list = dividends(read)
    .where((eb) => entityVisible(eb, caller))
    .where((eb) => lineVisible(eb, caller));
  if (asked.state === 'unpaid') list = list.where('l.state', 'in', ['open', 'batched']);
  else if (asked.state !== undefined) list = list.where('l.state', '=', asked.state);
  if (asked.below === 'true') {
    list = list.where('l.counts', '=', true).whereRef('l.amount_fen', '<', 'l.guaranteed_fen');
  }
  if (asked.year !== undefined) list = list.where('d.year', '=', asked.year);
  if (asked.entityId !== undefined) list = list.where('d.entity_id', '=', asked.entityId);
  const pattern = searchPattern(asked.search);
  if (pattern !== null) list = list.where((eb) => lineNamed(eb, pattern));
  const all = await list
    .clearSelect()
    .select((eb) => [eb.fn.countAll<number>().as('total'), sumOf(eb.ref('l.payable_fen')).as('payableFen')])
    .executeTakeFirstOrThrow();
  const counted = { executeTakeFirstOrThrow: () => Promise.resolve(all) };
  const page = await pageOfList(list, ORDER, asked, readsMasked(caller), counted);
  return { ...page, payableFen: all.payableFen };
}

/** The lines of the caller's scope over all declarations. */
export const listDividends = query(contract.listDividends, ({ read, caller, query: asked }) =>
  findDividends(read, caller, asked),
);
