import * as contract from '@bangfu/contracts/training/attendance';
import { route } from '@bangfu/platform/http/route';
import type { JobHandler } from '@bangfu/platform/jobs/job';
import { Router } from 'express';
import type { Training } from '../../db/client.ts';
import { getOpenSheet } from './attendance-steps.ts';
import { ATTENDANCE_LIST, attendanceListJob, importAttendance } from './import-attendance/import-attendance.ts';
import { recordAttendance } from './record-attendance/record-attendance.ts';

/** Attendance by session: the sheet, by hand, by list. */
export function attendanceRoutes(service: Training): Router {
  const router = Router();
  route(router, service, contract.getAttendance, (call) => getOpenSheet(service, call, call.params.sessionId));
  route(router, service, contract.recordAttendance, (call) =>
    recordAttendance(service, call, call.params.sessionId, call.body),
  );
  route(router, service, contract.importAttendance, (call) =>
    importAttendance(service, call, call.params.sessionId, call.upload, call.query.name),
  );
  return router;
}

export const attendanceJobs = (service: Training): Record<string, JobHandler> => ({
  [ATTENDANCE_LIST]: attendanceListJob(service),
});
