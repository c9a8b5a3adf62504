import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import { listDiscrepancies as operation } from '@bangfu/contracts/evaluation/discrepancies';
import { agreements, DISCREPANCY_ITEMS } from '@bangfu/domain/evaluation/discrepancy';
import type { Actor } from '@bangfu/platform/db/command';
import { listOrder } from '@bangfu/data/list-order';
import { pageOf, type RowKey } from '@bangfu/platform/http/page';
import type { Evaluation } from '../../../db/client.ts';
import { noteLook } from '../../evaluations/looks.ts';
import { compareReturns, type Difference } from '../discrepancy.repository.ts';

const NUMBER: RowKey<Difference> = { of: (row) => row.householdNumber };
const ITEM: RowKey<Difference> = { of: (row) => DISCREPANCY_ITEMS.indexOf(row.item) };
const ORDER = listOrder<QueryOf<typeof operation>, RowKey<Difference>>(
  {
    householdNumber: NUMBER,
    // Masked where the caller reads it masked.
    headName: { of: (row) => row.headName, isName: true },
    villageName: { of: (row) => row.villageCode },
    item: ITEM,
    registered: { of: (row) => row.registered },
    found: { of: (row) => row.found },
  },
  [NUMBER, ITEM],
);

/**
 * The differences between returns and frozen register, item by item, with the agreement over all that was compared. The
 * sample is a few thousand households at most and is compared as a whole.
 * @throws DomainError SAMPLE_CLOSED
 */
export async function listDiscrepancies(
  service: Evaluation,
  actor: Actor,
  evaluationId: string,
  query: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const { pairs, differences } = await compareReturns(service, actor, evaluationId);
  const action = operation.audit ?? '';
  await noteLook(service, actor, { action, evaluationId, sensitive: true, detail: { item: query.item ?? null } });
  const rows = differences.filter(({ item }) => query.item === undefined || item === query.item);
  const page = pageOf(rows, ORDER, query);
  return { ...page, agreement: agreements(pairs) };
}
