import type { ReadSql } from '@bangfu/data/typed-sql';
import type { Tables } from '../../operations.ts';
import { describeEvent } from './case-words.ts';

/** What happened in a household's cases, the latest first, as its time line shows it. The caller has checked the scope. */
export async function findCaseTimeline(
  read: ReadSql<Tables>,
  householdId: string,
  language: 'zh' | 'en',
): Promise<{ at: string; title: string; detail: string }[]> {
  const rows = await read
    .selectFrom('case_file as c')
    .innerJoin('case_event as e', 'e.case_id', 'c.id')
    .where('c.household_id', '=', householdId)
    .orderBy('c.id', 'desc')
    .orderBy('e.position', 'desc')
    .select(['e.event', 'e.account_name as accountName'])
    .execute();
  return rows.map(({ event, accountName }) => ({
    at: event.at,
    title: describeEvent(event, {}, language).what,
    detail: accountName,
  }));
}
