import { call } from '@bangfu/contracts/core/client';
import { importAttendance } from '@bangfu/contracts/training/attendance';
import '@bangfu/testkit/postgres';
import { serviceConformance } from '@bangfu/platform/testing/conformance';
import type { JobScenes } from '@bangfu/platform/testing/job-faults';
import { inject } from 'vitest';
import { buildTraining } from './app.ts';
import { household, member, register } from './testing/register.ts';
import { BEFORE, DURING, testSchool } from './testing/school.ts';

const JOBS: JobScenes = {
  'attendance-list': async (world) => {
    const couple = household('2113820020', [member('周一'), member('周二', { sex: 'female' })]);
    await register(world, [couple]);
    world.setNow(BEFORE);
    const school = await testSchool(world);
    const group = await school.openClass();
    await school.enrol(group.id, couple, 0);
    world.setNow(DURING);
    const params = { sessionId: group.sessionList[0]?.id ?? '' };
    // Nobody of this name is in the class: the list is read and judged, and nothing of it is taken.
    const body = Buffer.from('姓名,户编号,出勤\r\n无此人,2113820099,出勤');
    const order = async () =>
      (await call(school.teacher, importAttendance, { params, query: { name: '点名.csv' }, body })).jobId;
    return { order, again: order };
  },
};

serviceConformance(() => inject('postgresUrl'), 'training', buildTraining, JOBS);
