import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { listSessions } from '@bangfu/contracts/training/classes';
import { businessDay, daysBetween } from '@bangfu/domain/shared/time';
import type { Caller } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import { Refusal } from '@bangfu/platform/http/refusal';
import type { Training } from '../../../db/client.ts';
import { SESSION_COLUMNS } from '../../../db/session-columns.ts';
import { classVisible, visibleTo } from '../../../db/visible.ts';
import { CLASS_TABLES } from '../class.repository.ts';

/** As much as a calendar shows at once. */
const MOST_DAYS = 62;

/** The sessions between two days in order. @throws Refusal 400 for more than two months */
export async function findSessions(
  service: Training,
  caller: Caller,
  { from, to }: QueryOf<typeof listSessions>,
): Promise<AnswerInputOf<typeof listSessions>> {
  const days = daysBetween(businessDay(from), businessDay(to));
  if (days < 0 || days > MOST_DAYS) throw new Refusal(400, 'INVALID_INPUT');
  const { rows } = await readsOf(service, caller).query<AnswerInputOf<typeof listSessions>['rows'][number]>(
    `SELECT ${SESSION_COLUMNS}, c.name AS "className", k.name AS "courseName", p.name AS "providerName"
     FROM ${CLASS_TABLES} JOIN class_session s ON s.class_id = c.id
     WHERE ${classVisible(1)} AND s.day BETWEEN $4::date AND $5::date ORDER BY s.day, s.starts_at, s.id`,
    [...visibleTo(caller), from, to],
  );
  return { rows };
}
