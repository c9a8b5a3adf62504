import { industryPolicy } from '../../../db/policy.ts';
import type { QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/industry/declarations';
import { orderOf } from '@bangfu/data/typed-order';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { entityVisible } from '../../../db/scope.ts';
import { query } from '../../../operations.ts';
import { declarations, FIGURES, shown } from '../declaration.repository.ts';

const ORDER = orderOf<QueryOf<typeof contract.listDeclarations>>()(
  declarations,
  ({ name, text, number, day, stage, instant, id }) => ({
    columns: {
      entityName: name('e.name'),
      contractNumber: text('c.number'),
      year: number('d.year'),
      from: day('d.period_from'),
      to: day('d.period_end'),
      days: number('d.days'),
      distributableFen: number('d.distributable_fen'),
      status: stage('d.status', contract.DECLARATION_STATUSES),
      revision: number('d.revision'),
      lines: number('d.lines'),
      baseFen: number('d.base_fen'),
      secondFen: number('d.second_fen'),
      totalFen: number('d.total_fen'),
      paidLines: number(FIGURES.paidLines),
      paidFen: number(FIGURES.paidFen),
      unsettledLines: number(FIGURES.unsettledLines),
      openCorrections: number(FIGURES.openCorrections),
      differingLines: number(FIGURES.differingLines),
      belowGuarantee: number(FIGURES.belowGuarantee),
      submittedBy: { ...name('d.submitted_by'), nullable: true },
      submittedAt: { ...instant('d.submitted_at'), nullable: true },
      checkedBy: { ...name('d.checked_by'), nullable: true },
      checkedAt: { ...instant('d.checked_at'), nullable: true },
    },
    own: [
      { ...number('d.year'), down: true },
      { ...id('d.id'), down: true },
    ],
  }),
);

/** One page of declarations, the latest year first; discarded drafts only where they are asked for. */
export const listDeclarations = query(contract.listDeclarations, async (call) => {
  const { read, caller, now, language, query: asked } = call;
  const { year, status, entityId } = asked;
  let list = declarations(read).where((eb) => entityVisible(eb, caller));
  list = status === undefined ? list.where('d.live', '=', true) : list.where('d.status', '=', status);
  if (year !== undefined) list = list.where('d.year', '=', year);
  if (entityId !== undefined) list = list.where('d.entity_id', '=', entityId);
  const page = await pageOfList(list, ORDER, asked);
  const policy = await industryPolicy(read, caller, now);
  return { ...page, rows: page.rows.map((row) => shown(row, policy, { now, language })) };
});
