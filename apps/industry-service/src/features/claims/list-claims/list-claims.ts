import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/industry/claims';
import { sumOf } from '@bangfu/data/sum-of';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { type Caller, readsMasked } from '@bangfu/platform/auth/caller';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { beginsName, searchPattern } from '@bangfu/platform/search/name-search';
import { query, type Tables } from '../../../operations.ts';
import { outstanding } from '../../payments/standing.repository.ts';
import { claims, shownClaims } from '../claim.repository.ts';

type Asked = QueryOf<typeof contract.listClaims>;

const ORDER = orderOf<Asked>()(claims, ({ name, number, text, person, instant, id }) => ({
  columns: {
    entityName: name('e.name'),
    year: number('d.year'),
    lineNumber: number('l.line_number'),
    householdNumber: text('c.household_number'),
    headName: person('c.head_name'),
    villageName: text('c.village_code'),
    amountFen: number('c.amount_fen'),
    outstandingFen: number(outstanding),
    openedBy: name('c.opened_by'),
    openedAt: instant('c.opened_at'),
  },
  own: [{ ...instant('c.opened_at'), down: true }, id('c.id')],
}));

/** One page of the claims a caller sees, the newest first, with what all of them still come to. */
export async function findClaims(
  read: ReadSql<Tables>,
  caller: Caller,
  asked: Asked,
): Promise<AnswerInputOf<typeof contract.listClaims>> {
  const { state } = asked;
  const pattern = searchPattern(asked.search);
  let found = shownClaims(read, caller);
  if (state !== undefined) found = found.where((eb) => eb(outstanding(eb), state === 'open' ? '>' : '<=', 0));
  if (pattern !== null) {
    found = found.where((eb) =>
      eb.or([eb('c.household_number', '~', pattern), beginsName(eb.ref('c.head_name'), pattern)]),
    );
  }
  const all = await found
    .clearSelect()
    .select((eb) => [eb.fn.countAll<number>().as('total'), sumOf(outstanding(eb)).as('outstandingFen')])
    .executeTakeFirstOrThrow();
  const count = { executeTakeFirstOrThrow: () => Promise.resolve(all) };
  const page = await pageOfList(found, ORDER, asked, readsMasked(caller), count);
  return { ...page, outstandingFen: all.outstandingFen };
}

/** Claims within the caller's scope. */
export const listClaims = query(contract.listClaims, ({ read, caller, query: asked }) =>
  findClaims(read, caller, asked),
);
