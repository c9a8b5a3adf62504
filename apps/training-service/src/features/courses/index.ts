import { changeCourse } from './change-course/change-course.ts';
import { createCourse } from './create-course/create-course.ts';
import { listCourses } from './list-courses/list-courses.ts';

/** Courses. */
export default [listCourses, createCourse, changeCourse];
