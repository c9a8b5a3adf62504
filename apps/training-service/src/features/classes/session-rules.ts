import type { ReadSql } from '@bangfu/data/typed-sql';
import { type BusinessDay, businessDay } from '@bangfu/domain/shared/time';
import {
  checkSession,
  demandNoCertificates,
  demandNotOver,
  type PlannedSession,
} from '@bangfu/domain/training/schedule';
import { classFacts } from '../../db/class-facts.ts';
import type { Tables } from '../../operations.ts';

/** What a clerk enters of a session. */
interface SessionFields {
  readonly day: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly place: string;
  readonly topic: string;
}

/** What is entered of a session as its columns. */
export const columnsOf = ({ day, startsAt, endsAt, place, topic }: SessionFields) => ({
  day,
  starts_at: startsAt,
  ends_at: endsAt,
  place,
  topic,
});

/** What is entered of a session as the rules of the calendar see it. */
export function planned({ day, startsAt, endsAt }: Pick<SessionFields, 'day' | 'startsAt' | 'endsAt'>): PlannedSession {
  return { day: businessDay(day), startsAt, endsAt };
}

/** The sessions of a class that were not cancelled, without one of them when that is being moved. */
export async function plannedSessions(
  read: ReadSql<Tables>,
  classId: string,
  except?: string,
): Promise<PlannedSession[]> {
  const all = read
    .selectFrom('class_session as s')
    .where('s.class_id', '=', classId)
    .where('s.cancelled', 'is', null)
    .select(['s.day', 's.starts_at as startsAt', 's.ends_at as endsAt']);
  const rows = await (except === undefined ? all : all.where('s.id', '<>', except)).execute();
  return rows.map(planned);
}

/** Checks a session of a class. @throws DomainError of checkSession, CLASS_ENDED, CLASS_HAS_CERTIFICATES */
export async function demandFits(
  read: ReadSql<Tables>,
  group: { readonly id: string; readonly begins: string; readonly ends: string },
  fields: SessionFields,
  today: BusinessDay,
  except?: string,
): Promise<void> {
  const period = { begins: businessDay(group.begins), ends: businessDay(group.ends) };
  demandNotOver(period, today);
  demandNoCertificates(await classFacts(read, group.id));
  checkSession(planned(fields), period, await plannedSessions(read, group.id, except));
}
