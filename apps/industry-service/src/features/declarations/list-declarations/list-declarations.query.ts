import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import { DECLARATION_STATUSES, type listDeclarations as operation } from '@bangfu/contracts/industry/declarations';
import { pgSql } from '@bangfu/data/sql';
import {
  byDay,
  byId,
  byInstant,
  byName,
  byNumber,
  byRatio,
  byStage,
  byText,
  down,
  listOrder,
  nullable,
} from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { readPage } from '@bangfu/platform/http/page';
import type { Industry } from '../../../db/client.ts';
import { scopeParams, SEES_ENTITY } from '../../../db/scope.ts';
import type { Reader } from '@bangfu/platform/steps';
import {
  DECLARATION_COLUMNS,
  type DeclarationRow,
  FIGURES,
  FROM_DECLARATION,
  shown,
} from '../declaration.repository.ts';

const YEAR = byNumber('d.year');
const ORDER = listOrder<QueryOf<typeof operation>>(
  {
    entityName: byName('e.name'),
    contractNumber: byText('c.number'),
    year: YEAR,
    from: byDay('d.period_from'),
    to: byDay('d.period_end'),
    days: byNumber('d.days'),
    distributableFen: byNumber('d.distributable_fen'),
    status: byStage('d.status', DECLARATION_STATUSES),
    revision: byNumber('d.revision'),
    lines: byNumber('d.lines'),
    baseFen: byNumber('d.base_fen'),
    secondFen: byNumber('d.second_fen'),
    totalFen: byNumber('d.total_fen'),
    paidLines: byRatio(FIGURES.paidLines),
    paidFen: byRatio(FIGURES.paidFen),
    unsettledLines: byRatio(FIGURES.unsettledLines),
    openCorrections: byRatio(FIGURES.openCorrections),
    differingLines: byRatio(FIGURES.differingLines),
    belowGuarantee: byRatio(FIGURES.belowGuarantee),
    submittedBy: nullable(byName('d.submitted_by')),
    submittedAt: nullable(byInstant('d.submitted_at')),
    checkedBy: nullable(byName('d.checked_by')),
    checkedAt: nullable(byInstant('d.checked_at')),
  },
  [down(YEAR), down(byId('d.id'))],
);

/** One page of declarations, the latest year first; discarded drafts only where they are asked for. */
export async function listDeclarations(
  service: Industry,
  { caller, now, language }: Reader,
  query: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const page = await readPage<DeclarationRow>(pgSql(readsOf(service, caller)), ORDER, query, {
    columns: DECLARATION_COLUMNS,
    from: `${FROM_DECLARATION} WHERE ${SEES_ENTITY} AND ($3::int IS NULL OR d.year = $3)
      AND CASE WHEN $4::text IS NULL THEN d.live ELSE d.status = $4 END AND ($5::uuid IS NULL OR d.entity_id = $5)`,
    params: [...scopeParams(caller), query.year ?? null, query.status ?? null, query.entityId ?? null],
  });
  return { ...page, rows: page.rows.map((row) => shown(row, now, language)) };
}
