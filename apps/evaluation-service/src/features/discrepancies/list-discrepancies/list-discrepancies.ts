import type { QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/evaluation/discrepancies';
import { listOrder } from '@bangfu/data/list-order';
import { agreements, DISCREPANCY_ITEMS } from '@bangfu/domain/evaluation/discrepancy';
import { pageOf, type RowKey } from '@bangfu/platform/http/page';
import { query } from '../../../operations.ts';
import { noteLook } from '../../evaluations/looks.ts';
import { compareReturns, type Difference } from '../discrepancy.repository.ts';

const NUMBER: RowKey<Difference> = { of: (row) => row.householdNumber };
const ITEM: RowKey<Difference> = { of: (row) => DISCREPANCY_ITEMS.indexOf(row.item) };
const ORDER = listOrder<QueryOf<typeof contract.listDiscrepancies>, RowKey<Difference>>(
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
 * sample is a few thousand households at most and is compared at once.
 * @throws DomainError SAMPLE_CLOSED
 */
export const listDiscrepancies = query(contract.listDiscrepancies, async (call) => {
  const { query: asked } = call;
  const { evaluationId } = call.params;
  const { pairs, differences } = await compareReturns(call, evaluationId);
  await noteLook(call, contract.listDiscrepancies, evaluationId, { item: asked.item ?? null });
  const rows = differences.filter(({ item }) => asked.item === undefined || item === asked.item);
  return { ...pageOf(rows, ORDER, asked), agreement: agreements(pairs) };
});
