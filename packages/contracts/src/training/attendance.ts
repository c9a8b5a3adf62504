import { ROLL_STEPS, SESSION_STEPS } from '@bangfu/domain/training/steps';
import { z } from 'zod';
import { Count, ListProblem, Uuid, Version } from '../core/common.ts';
import { JobOrdered } from '../core/list-job.ts';
import { operation } from '../core/operation.ts';
import { stepsOf } from '../core/steps.ts';
import { KEEPERS, READERS } from './access.ts';
import { Session } from './classes.ts';

export const ATTENDANCE_MARKS = ['present', 'absent', 'excused'] as const;
const SessionParams = z.object({ sessionId: Uuid });

/** A session's sheet: every learner and the mark he has, null while none is entered. */
export const AttendanceSheet = z
  .object({
    session: Session,
    className: z.string(),
    rows: z.array(
      z.object({
        enrolmentId: Uuid,
        personName: z.string(),
        householdNumber: z.string(),
        villageName: z.string(),
        mark: z.enum(ATTENDANCE_MARKS).nullable(),
      }),
    ),
  })
  .meta({ id: 'AttendanceSheet' });
export type AttendanceSheet = z.output<typeof AttendanceSheet>;

export const getAttendance = operation({
  id: 'getAttendance',
  owner: 'training',
  method: 'GET',
  path: '/sessions/{sessionId}/attendance',
  summary: { zh: '课次签到表', en: 'A session’s attendance sheet' },
  access: READERS,
  params: SessionParams,
  answer: AttendanceSheet.extend({
    steps: stepsOf(SESSION_STEPS),
    rows: z.array(AttendanceSheet.shape.rows.element.extend({ steps: stepsOf(ROLL_STEPS) })),
  }),
});

export const recordAttendance = operation({
  id: 'recordAttendance',
  owner: 'training',
  method: 'POST',
  path: '/sessions/{sessionId}/attendance',
  summary: { zh: '点名', en: 'Enter attendance; the same sheet again changes nothing' },
  access: KEEPERS,
  audit: 'training.attendance.recorded',
  params: SessionParams,
  body: z.object({
    version: Version,
    marks: z
      .array(z.object({ enrolmentId: Uuid, mark: z.enum(ATTENDANCE_MARKS) }))
      .min(1)
      .max(500),
  }),
  answer: AttendanceSheet,
});

/** A line of a list that cannot be entered, or a part of it that was not read. */
export const importAttendance = operation({
  id: 'importAttendance',
  owner: 'training',
  method: 'POST',
  path: '/sessions/{sessionId}/attendance/list',
  summary: { zh: '导入签到名单', en: 'Enter attendance from a list with the columns 姓名, 户编号, 出勤' },
  access: KEEPERS,
  audit: 'training.attendance.imported',
  params: SessionParams,
  query: z.object({ name: z.string().min(1).max(255) }),
  upload: true,
  answer: JobOrdered,
  status: 202,
});

/** What the job of `importAttendance` comes to; with problems nothing was entered. */
export const AttendanceListOutcome = z.object({
  entered: Count,
  problems: z.array(ListProblem),
  /** What of the list was not read. */
  warnings: z.array(ListProblem),
  sheet: AttendanceSheet,
});
