import { getAttendance } from './get-attendance/get-attendance.ts';
import { importAttendance } from './import-attendance/import-attendance.ts';
import { recordAttendance } from './record-attendance/record-attendance.ts';

/** Attendance by session: the sheet, by hand, by list. */
export default [getAttendance, recordAttendance, importAttendance];
