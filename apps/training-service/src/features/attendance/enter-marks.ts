import type { AttendanceSheet } from '@bangfu/contracts/training/attendance';
import { type Attendance, checkAttendance, demandUncertified } from '@bangfu/domain/training/certificate';
import type { Sql } from '@bangfu/data/sql';
import { conflict } from '@bangfu/platform/http/refusal';
import type { Actor } from '@bangfu/platform/db/command';
import type { Tx } from '../../db/client.ts';
import { dayOf } from '../../db/day.ts';
import { lockVisibleSession } from '../../db/visible.ts';
import { getSheet } from './sheet.repository.ts';

export interface Mark {
  readonly enrolmentId: string;
  readonly mark: Attendance['mark'];
}

type Marks = Readonly<Record<string, string | null>>;

/** What became of a sheet: how it stands, and which marks changed from what. */
export interface Entered {
  readonly sheet: AttendanceSheet;
  /** By enrolment. */
  readonly change: { readonly before: Marks; readonly after: Marks };
}

/**
 * Enters marks on a session's sheet in the command's transaction. What already stands is left alone, so the same
 * sheet twice is the sheet once; only a change needs the version it was made on.
 * @throws Refusal 404, 409; DomainError of checkAttendance, CERTIFIED_ALREADY
 */
export async function enterMarks(
  tx: Tx,
  sql: Sql,
  { caller, now }: Pick<Actor, 'caller' | 'now'>,
  sessionId: string,
  asked: { readonly marks: readonly Mark[]; readonly version?: number },
): Promise<Entered> {
  const { group, session } = await lockVisibleSession(tx, sql, caller, sessionId);
  const enrolments = await tx.enrolment.findMany({
    where: { classId: group.id, withdrawnOn: null },
    include: { attendance: { where: { sessionId } }, certificates: { where: { withdrawnOn: null } } },
  });
  const byId = new Map(enrolments.map((each) => [each.id, each]));
  checkAttendance(
    asked.marks.map(({ enrolmentId, mark }) => ({ sessionId, personId: enrolmentId, mark })),
    [{ id: session.id, day: dayOf(session.day), cancelled: session.cancelled !== null }],
    new Set(byId.keys()),
    now,
  );
  const changed = asked.marks.filter(({ enrolmentId, mark }) => byId.get(enrolmentId)?.attendance[0]?.mark !== mark);
  if (changed.length > 0 && asked.version !== undefined && asked.version !== session.version) {
    throw conflict(await getSheet(sql, caller, sessionId));
  }
  for (const { enrolmentId } of changed) {
    const enrolment = byId.get(enrolmentId);
    demandUncertified({ name: enrolment?.personName ?? '', hasCertificate: (enrolment?.certificates.length ?? 0) > 0 });
  }
  if (changed.length > 0) {
    await sql.query(
      `INSERT INTO attendance (session_id, enrolment_id, county_code, mark)
       SELECT $1::uuid, m.enrolment_id::uuid, $2, m.mark FROM unnest($3::text[], $4::text[]) AS m (enrolment_id, mark)
       ON CONFLICT (session_id, enrolment_id) DO UPDATE SET mark = excluded.mark, recorded_at = now()`,
      [sessionId, session.countyCode, changed.map((each) => each.enrolmentId), changed.map((each) => each.mark)],
    );
    await tx.session.update({ where: { id: sessionId }, data: { version: { increment: 1 } } });
  }
  return {
    sheet: await getSheet(sql, caller, sessionId),
    change: {
      before: Object.fromEntries(
        changed.map(({ enrolmentId }) => [enrolmentId, byId.get(enrolmentId)?.attendance[0]?.mark ?? null]),
      ),
      after: Object.fromEntries(changed.map(({ enrolmentId, mark }) => [enrolmentId, mark])),
    },
  };
}
