import { type BusinessDay, businessDay } from '@bangfu/domain/shared/time';
import {
  checkSession,
  demandNoCertificates,
  demandNotOver,
  type PlannedSession,
} from '@bangfu/domain/training/schedule';
import type { Sql } from '@bangfu/data/sql';
import { classFacts } from '../../db/class-facts.ts';
import type { Tx } from '../../db/client.ts';
import { dayOf } from '../../db/day.ts';

/** What a clerk enters of a session. */
export interface SessionFields {
  readonly day: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly place: string;
  readonly topic: string;
}

export function planned({ day, startsAt, endsAt }: SessionFields): PlannedSession {
  return { day: businessDay(day), startsAt, endsAt };
}

/** The sessions of a class that stand, without one of them when that is being moved. */
export async function standingSessions(tx: Tx, classId: string, except?: string): Promise<PlannedSession[]> {
  const rows = await tx.session.findMany({
    where: { classId, cancelled: null, ...(except ? { id: { not: except } } : {}) },
  });
  return rows.map((row) => ({ day: dayOf(row.day), startsAt: row.startsAt, endsAt: row.endsAt }));
}

/** Checks a session of a class. @throws DomainError of checkSession, CLASS_ENDED, CLASS_HAS_CERTIFICATES */
export async function demandFits(
  tx: Tx,
  sql: Sql,
  group: { readonly id: string; readonly begins: Date; readonly ends: Date },
  fields: SessionFields,
  today: BusinessDay,
  except?: string,
): Promise<void> {
  const period = { begins: dayOf(group.begins), ends: dayOf(group.ends) };
  demandNotOver(period, today);
  demandNoCertificates(await classFacts(sql, group.id));
  checkSession(planned(fields), period, await standingSessions(tx, group.id, except));
}
