import type { AttendanceSheet } from '@bangfu/contracts/training/attendance';
import type { Transaction } from '@bangfu/data/typed-sql';
import { businessDay } from '@bangfu/domain/shared/time';
import { type Attendance, checkAttendance, demandUncertified } from '@bangfu/domain/training/certificate';
import type { Actor } from '@bangfu/platform/db/command';
import { conflict } from '@bangfu/platform/http/refusal';
import { sql } from 'kysely';
import { hasCertificate } from '../../db/session-counts.ts';
import { lockVisibleSession } from '../../db/visible.ts';
import type { Tables } from '../../operations.ts';
import { getSheet } from './sheet.repository.ts';

export interface Mark {
  readonly enrolmentId: string;
  readonly mark: Attendance['mark'];
}

type Marks = Readonly<Record<string, string | null>>;

/** What became of a sheet: how it is now, and which marks changed from what. */
export interface Entered {
  readonly sheet: AttendanceSheet;
  /** By enrolment. */
  readonly change: { readonly before: Marks; readonly after: Marks };
}

/**
 * Enters marks on a session's sheet in the command's transaction. A mark that is entered already is left alone, so the same
 * sheet twice is the sheet once; only a change needs the version it was made on.
 * @throws Refusal 404, 409; DomainError of checkAttendance, CERTIFIED_ALREADY
 */
export async function enterMarks(
  { tx, caller, now }: Pick<Actor, 'caller' | 'now'> & { readonly tx: Transaction<Tables> },
  sessionId: string,
  asked: { readonly marks: readonly Mark[]; readonly version?: number },
): Promise<Entered> {
  const { group, session } = await lockVisibleSession(tx, caller, sessionId);
  const byId = await learnersOf(tx, group.id, sessionId);
  checkAttendance(
    asked.marks.map(({ enrolmentId, mark }) => ({ sessionId, personId: enrolmentId, mark })),
    [{ id: session.id, day: businessDay(session.day), cancelled: session.cancelled !== null }],
    new Set(byId.keys()),
    now,
  );
  const changed = asked.marks.filter(({ enrolmentId, mark }) => byId.get(enrolmentId)?.mark !== mark);
  if (changed.length > 0 && asked.version !== undefined && asked.version !== session.version) {
    throw conflict(await getSheet(tx.sql, caller, sessionId));
  }
  for (const { enrolmentId } of changed) {
    const { name = '', hasCertificate = false } = byId.get(enrolmentId) ?? {};
    demandUncertified({ name, hasCertificate });
  }
  if (changed.length > 0) {
    const marks = changed.map(({ enrolmentId, mark }) => ({
      session_id: sessionId,
      enrolment_id: enrolmentId,
      county_code: session.countyCode,
      mark,
    }));
    await tx.sql
      .insertInto('attendance')
      .values(marks)
      .onConflict((there) =>
        there
          .columns(['session_id', 'enrolment_id'])
          .doUpdateSet((eb) => ({ mark: eb.ref('excluded.mark'), recorded_at: sql<Date>`now()` })),
      )
      .execute();
    await tx.sql
      .updateTable('class_session')
      .set((eb) => ({ version: eb('version', '+', 1) }))
      .where('id', '=', sessionId)
      .execute();
  }
  return {
    sheet: await getSheet(tx.sql, caller, sessionId),
    change: {
      before: Object.fromEntries(changed.map(({ enrolmentId }) => [enrolmentId, byId.get(enrolmentId)?.mark ?? null])),
      after: Object.fromEntries(changed.map(({ enrolmentId, mark }) => [enrolmentId, mark])),
    },
  };
}

/** The learners of a class who have not left, with the mark each has of a session, by enrolment. */
async function learnersOf(tx: Transaction<Tables>, classId: string, sessionId: string) {
  const rows = await tx.sql
    .selectFrom('enrolment as e')
    .leftJoin('attendance as a', (join) => join.onRef('a.enrolment_id', '=', 'e.id').on('a.session_id', '=', sessionId))
    .where('e.class_id', '=', classId)
    .where('e.withdrawn_on', 'is', null)
    .select(['e.id', 'e.person_name as name', 'a.mark'])
    .select((eb) => hasCertificate(eb).as('hasCertificate'))
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}
