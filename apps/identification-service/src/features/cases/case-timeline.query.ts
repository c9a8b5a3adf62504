import type { CaseEvent } from '@bangfu/domain/identification/case/types';
import type { Pool } from '@bangfu/data/pool';
import { describeEvent } from './case-words.ts';

/** What happened in a household's cases, the latest first, as its time line shows it. The caller has checked the scope. */
export async function findCaseTimeline(
  service: { readonly pool: Pool },
  householdId: string,
  language: 'zh' | 'en',
): Promise<{ at: string; title: string; detail: string }[]> {
  const { rows } = await service.pool.query<{ event: CaseEvent; accountName: string }>(
    `SELECT e.event, e.account_name AS "accountName" FROM case_file c JOIN case_event e ON e.case_id = c.id
     WHERE c.household_id = $1::uuid ORDER BY c.id DESC, e.position DESC`,
    [householdId],
  );
  return rows.map(({ event, accountName }) => ({
    at: event.at,
    title: describeEvent(event, {}, language).what,
    detail: accountName,
  }));
}
