import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { listProviders } from '@bangfu/contracts/training/providers';
import { type Caller, regionPrefixes } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import type { Training } from '../../../db/client.ts';
import { providersOf } from '../../../db/visible.ts';

/** The county's providers by name; a provider sees itself. */
export async function findProviders(
  service: Training,
  caller: Caller,
  query: QueryOf<typeof listProviders>,
): Promise<AnswerInputOf<typeof listProviders>> {
  const after = decodeCursor(query.cursor, 2);
  const pool = readsOf(service, caller);
  const where = `p.county_code = $1 AND ($2::boolean OR p.id::text = ANY ($3::text[]))`;
  const params = [caller.countyCode, regionPrefixes(caller).length > 0, providersOf(caller)];
  const { rows } = await pool.query<AnswerInputOf<typeof listProviders>['rows'][number]>(
    `SELECT p.id, p.name, p.contact, p.note, p.active, p.version,
       (SELECT count(*) FROM training_class c WHERE c.provider_id = p.id) AS classes
     FROM provider p WHERE ${where} ${after ? 'AND (p.name, p.id) > ($5, $6::uuid)' : ''}
     ORDER BY p.name, p.id LIMIT $4`,
    [...params, query.limit + 1, ...(after ?? [])],
  );
  const total = await pool.query<{ n: number }>(`SELECT count(*) AS n FROM provider p WHERE ${where}`, params);
  return toPage(rows, query.limit, total.rows[0]?.n ?? 0, (row) => [row.name, row.id]);
}
