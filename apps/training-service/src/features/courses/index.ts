import { changeCourse as change, createCourse, listCourses } from '@bangfu/contracts/training/courses';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Training } from '../../db/client.ts';
import { changeCourse } from './change-course/change-course.ts';
import { enterCourse } from './create-course/create-course.ts';
import { findCourses } from './list-courses/list-courses.query.ts';

/** Courses. */
export function courseRoutes(service: Training): Router {
  const router = Router();
  route(router, service, listCourses, ({ caller, query }) => findCourses(service, caller, query));
  route(router, service, createCourse, (call) => enterCourse(service, call, call.body));
  route(router, service, change, (call) => changeCourse(service, call, call.params.courseId, call.body));
  return router;
}
