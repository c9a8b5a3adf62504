import * as contract from '@bangfu/contracts/industry/declarations';
import { readsMasked } from '@bangfu/platform/auth/caller';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { searchPattern } from '@bangfu/platform/search/name-search';
import { LINE_ORDER, lineNamed, lineVisible, shownLines } from '../../../db/shown-lines.ts';
import { query } from '../../../operations.ts';
import { getDeclaration } from '../declaration.repository.ts';

/** One page of a declaration's lines by their number: an entity sees all of its own, others those of their region. */
export const listDividendLines = query(contract.listDividendLines, async (call) => {
  const { read, caller, query: asked } = call;
  const { id } = await getDeclaration(read, caller, call.params.declarationId);
  let list = shownLines(read)
    .where('l.declaration_id', '=', id)
    .where((eb) => lineVisible(eb, caller));
  if (asked.state !== undefined) list = list.where('l.state', '=', asked.state);
  const pattern = searchPattern(asked.search);
  if (pattern !== null) list = list.where((eb) => lineNamed(eb, pattern));
  return pageOfList(list, LINE_ORDER, asked, readsMasked(caller));
});
