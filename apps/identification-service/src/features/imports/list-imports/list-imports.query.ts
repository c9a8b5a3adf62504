import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import { IMPORT_STATES, type listImports } from '@bangfu/contracts/identification/imports';
import { pgSql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { byId, byInstant, byName, byNumber, byStage, down, listOrder, nullable } from '@bangfu/data/list-order';
import { readPage } from '@bangfu/platform/http/page';
import type { Identification } from '../../../db/client.ts';
import { shown, visibleTo } from '../import.repository.ts';

const byFigure = (name: 'create' | 'change' | 'heldBack') =>
  nullable(byNumber(`(report->'households'->>'${name}')::bigint`));
const ORDER = listOrder<QueryOf<typeof listImports>>(
  {
    fileName: byName('file_name'),
    'report.households.create': byFigure('create'),
    'report.households.change': byFigure('change'),
    'report.households.heldBack': byFigure('heldBack'),
    state: byStage('state', IMPORT_STATES),
    accountName: byName('account_name'),
    createdAt: byInstant('created_at'),
    committedAt: nullable(byInstant('committed_at')),
    undoneAt: nullable(byInstant('undone_at')),
  },
  // Ids are ordered by time.
  [down(byId('id'))],
);

/** One page of the imports the caller may see, the newest first. */
export async function findImports(
  service: Identification,
  caller: Caller,
  query: QueryOf<typeof listImports>,
): Promise<AnswerInputOf<typeof listImports>> {
  const { countyCode, accountId } = visibleTo(caller);
  const page = await readPage<Parameters<typeof shown>[0]>(pgSql(service.pool), ORDER, query, {
    columns: `id, file_name AS "fileName", state, job_id AS "jobId", report, account_name AS "accountName",
      created_at AS "createdAt", committed_at AS "committedAt", undone_at AS "undoneAt", version`,
    from: 'FROM roster_import WHERE county_code = $1 AND ($2::text IS NULL OR account_id = $2)',
    params: [countyCode, accountId ?? null],
  });
  return { ...page, rows: page.rows.map(shown) };
}
