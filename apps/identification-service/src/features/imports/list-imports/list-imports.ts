import type { QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/identification/imports';
import { orderOf } from '@bangfu/data/typed-order';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { type ExpressionBuilder, sql } from 'kysely';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { query, type Tables } from '../../../operations.ts';
import { shown, visibleImports } from '../import.repository.ts';

type Of = ExpressionBuilder<Tables & { i: Tables['roster_import'] }, 'i'>;

const figure =
  (name: 'create' | 'change' | 'heldBack') =>
  ({ ref }: Of) =>
    sql<number | null>`(${ref('i.report')}->'households'->>${sql.lit(name)})::bigint`;

const from = (read: ReadSql<Tables>) => read.selectFrom('roster_import as i');
const ORDER = orderOf<QueryOf<typeof contract.listImports>>()(from, ({ name, number, stage, day, instant, id }) => ({
  columns: {
    fileName: name('i.file_name'),
    'report.households.create': { ...number(figure('create')), nullable: true },
    'report.households.change': { ...number(figure('change')), nullable: true },
    'report.households.heldBack': { ...number(figure('heldBack')), nullable: true },
    state: stage('i.state', contract.IMPORT_STATES),
    asOf: day('i.as_of'),
    accountName: name('i.account_name'),
    createdAt: instant('i.created_at'),
    committedAt: { ...instant('i.committed_at'), nullable: true },
    undoneAt: { ...instant('i.undone_at'), nullable: true },
  },
  // Ids are ordered by time.
  own: [{ ...id('i.id'), down: true }],
}));

/** One page of the imports the caller may see, the newest first. */
export const listImports = query(contract.listImports, async ({ read, caller, query: asked }) => {
  const page = await pageOfList(visibleImports(read, caller), ORDER, asked);
  return { ...page, rows: page.rows.map(shown) };
});
