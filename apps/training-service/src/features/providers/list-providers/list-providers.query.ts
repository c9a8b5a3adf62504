import type { QueryOf } from '@bangfu/contracts/core/operation';
import type { listProviders, Provider } from '@bangfu/contracts/training/providers';
import { pgSql } from '@bangfu/data/sql';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { byId, byName, byNumber, byYesNo, listOrder } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { readPage } from '@bangfu/platform/http/page';
import type { Training } from '../../../db/client.ts';
import { providersOf } from '../../../db/visible.ts';

const CLASSES = '(SELECT count(*) FROM training_class c WHERE c.provider_id = p.id)';
const NAME = byName('p.name');
const ORDER = listOrder<QueryOf<typeof listProviders>>(
  { name: NAME, contact: byName('p.contact'), active: byYesNo('p.active'), classes: byNumber(CLASSES) },
  [NAME, byId('p.id')],
);

/** The county's providers by name; a provider sees itself. */
export function findProviders(
  service: Training,
  caller: Caller,
  query: QueryOf<typeof listProviders>,
): Promise<{ rows: Provider[]; total: number; next: string | null }> {
  return readPage<Provider>(pgSql(readsOf(service, caller)), ORDER, query, {
    columns: `p.id, p.name, p.contact, p.note, p.active, p.version, ${CLASSES} AS classes`,
    from: 'FROM provider p WHERE p.county_code = $1 AND ($2::boolean OR p.id::text = ANY ($3::text[]))',
    params: [caller.countyCode, regionPrefixes(caller).length > 0, providersOf(caller)],
  });
}
