import * as contract from '@bangfu/contracts/training/courses';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Training } from '../../db/client.ts';
import { withChangeStep } from '../../db/county-steps.ts';
import { changeCourse } from './change-course/change-course.ts';
import { createCourse } from './create-course/create-course.ts';
import { findCourses } from './list-courses/list-courses.query.ts';

/** Courses. */
export function courseRoutes(service: Training): Router {
  const router = Router();
  route(router, service, contract.listCourses, async (call) =>
    withChangeStep(call, contract.changeCourse, await findCourses(service, call.caller, call.query)),
  );
  route(router, service, contract.createCourse, (call) => createCourse(service, call, call.body));
  route(router, service, contract.changeCourse, (call) => changeCourse(service, call, call.params.courseId, call.body));
  return router;
}
