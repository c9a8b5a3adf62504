import type { QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/training/providers';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { withChangeStep } from '../../../db/county-steps.ts';
import { providersOf } from '../../../db/visible.ts';
import { query, type Tables } from '../../../operations.ts';
import { classesOf, countyProviders } from '../provider.repository.ts';

const from = (read: ReadSql<Tables>) => countyProviders(read, '');
const ORDER = orderOf<QueryOf<typeof contract.listProviders>>()(from, ({ name, number, yesNo, id }) => ({
  columns: { name: name('p.name'), contact: name('p.contact'), active: yesNo('p.active'), classes: number(classesOf) },
  own: [name('p.name'), id('p.id')],
}));

/** The county's providers by name; a provider sees itself. */
export const listProviders = query(contract.listProviders, async (call) => {
  const { read, caller, query: asked } = call;
  const county = countyProviders(read, caller.countyCode);
  const seen = regionPrefixes(caller).length > 0 ? county : county.where('p.id', 'in', providersOf(caller));
  return withChangeStep(call, contract.changeProvider, await pageOfList(seen, ORDER, asked));
});
