import * as contract from '@bangfu/contracts/training/attendance';
import { pgSql } from '@bangfu/events/sql';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Training } from '../../db/client.ts';
import { importAttendance } from './import-attendance/import-attendance.ts';
import { recordAttendance } from './record-attendance/record-attendance.ts';
import { getSheet } from './sheet.repository.ts';

/** Attendance by session: the sheet, by hand, by list. */
export function attendanceRoutes(service: Training): Router {
  const router = Router();
  route(router, service, contract.getAttendance, ({ caller, params }) =>
    getSheet(pgSql(readsOf(service, caller)), caller, params.sessionId),
  );
  route(router, service, contract.recordAttendance, (call) =>
    recordAttendance(service, call, call.params.sessionId, call.body),
  );
  route(router, service, contract.importAttendance, (call) =>
    importAttendance(service, call, call.params.sessionId, call.upload, call.query.name),
  );
  return router;
}
