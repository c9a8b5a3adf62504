import * as contract from '@bangfu/contracts/training/classes';
import { businessDay, daysBetween } from '@bangfu/domain/shared/time';
import { Refusal } from '@bangfu/platform/http/refusal';
import { classSessions } from '../../../db/sessions.ts';
import { classVisible } from '../../../db/visible.ts';
import { query } from '../../../operations.ts';

/** As much as a calendar shows at once. */
const MOST_DAYS = 62;

/** The sessions between two days in order. @throws Refusal 400 for more than two months */
export const listSessions = query(contract.listSessions, async ({ read, caller, query: { from, to } }) => {
  const days = daysBetween(businessDay(from), businessDay(to));
  if (days < 0 || days > MOST_DAYS) throw new Refusal(400, 'INVALID_INPUT');
  const rows = await classSessions(read)
    .innerJoin('course as k', 'k.id', 'c.course_id')
    .innerJoin('provider as p', 'p.id', 'c.provider_id')
    .where((eb) => classVisible(eb, caller))
    .where('s.day', '>=', from)
    .where('s.day', '<=', to)
    .select(['c.name as className', 'k.name as courseName', 'p.name as providerName'])
    .orderBy('s.day')
    .orderBy('s.starts_at')
    .orderBy('s.id')
    .execute();
  return { rows };
});
