import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import { type Discrepancy, listDiscrepancies as operation } from '@bangfu/contracts/evaluation/discrepancies';
import { agreements, DISCREPANCY_ITEMS } from '@bangfu/domain/evaluation/discrepancy';
import type { Actor } from '@bangfu/service-kit/db/command';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import type { Evaluation } from '../../../db/client.ts';
import { noteLook } from '../../evaluations/looks.ts';
import { compareReturns } from '../discrepancy.repository.ts';

/** Where a difference stands in the list: by household number, then in the order of the items. */
const placeOf = ({ householdNumber, item }: Discrepancy): string =>
  `${householdNumber}/${DISCREPANCY_ITEMS.indexOf(item)}`;

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
  const after = decodeCursor(query.cursor, 1)?.[0];
  const left = after === undefined ? rows : rows.filter((row) => placeOf(row) > String(after));
  const page = toPage(left.slice(0, query.limit + 1), query.limit, rows.length, (row) => [placeOf(row)]);
  return { ...page, agreement: agreements(pairs) };
}
