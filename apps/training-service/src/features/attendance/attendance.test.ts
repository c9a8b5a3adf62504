import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { call } from '@bangfu/contracts/core/client';
import { getAttendance, importAttendance, recordAttendance } from '@bangfu/contracts/training/attendance';
import { addSession, cancelSession, changeSession, getClass, listSessions } from '@bangfu/contracts/training/classes';
import { listEnrolments } from '@bangfu/contracts/training/enrolments';
import { listWork } from './work-of.ts';
