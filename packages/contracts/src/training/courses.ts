import { COURSE_STEPS } from '@bangfu/domain/training/steps';
import { z } from 'zod';
import { Count, page, PageQuery, Uuid, Version } from '../core/common.ts';
import { sortBy } from '../core/list.ts';
import { operation } from '../core/operation.ts';
import { stepsOf } from '../core/steps.ts';
import { READERS } from './access.ts';

/** What a course teaches for: farming, a trade, running a business, other. */
export const COURSE_KINDS = ['farming', 'trade', 'business', 'other'] as const;

const Fields = z.object({
  name: z.string().trim().min(2).max(80),
  kind: z.enum(COURSE_KINDS),
  /** Lessons of 45 minutes (课时). */
  lessons: z.int().min(1).max(2000),
  content: z.string().trim().max(1000).default(''),
});

export const Course = z
  .object({
    id: Uuid,
    name: z.string(),
    kind: z.enum(COURSE_KINDS),
    lessons: Count,
    content: z.string(),
    active: z.boolean(),
    classes: Count,
    version: Version,
  })
  .meta({ id: 'Course' });
export type Course = z.output<typeof Course>;

export const listCourses = operation({
  id: 'listCourses',
  owner: 'training',
  method: 'GET',
  path: '/courses',
  summary: { zh: '课程列表', en: 'Courses' },
  access: READERS,
  unsorted: { content: 'a text' },
  query: PageQuery.extend({
    search: z.string().max(60).optional(),
    kind: z.enum(COURSE_KINDS).optional(),
    sort: sortBy('name', 'kind', 'lessons', 'active', 'classes'),
  }),
  answer: page(Course.extend({ steps: stepsOf(COURSE_STEPS) })),
});

export const createCourse = operation({
  id: 'createCourse',
  owner: 'training',
  method: 'POST',
  path: '/courses',
  summary: { zh: '新增课程', en: 'Enter a course' },
  access: ['county-office'],
  audit: 'training.course.entered',
  body: Fields,
  answer: Course,
  status: 201,
});

export const changeCourse = operation({
  id: 'changeCourse',
  owner: 'training',
  method: 'PUT',
  path: '/courses/{courseId}',
  summary: { zh: '修改课程', en: 'Change a course, or offer it no more' },
  access: ['county-office'],
  audit: 'training.course.changed',
  params: z.object({ courseId: Uuid }),
  body: Fields.extend({ active: z.boolean(), version: Version }),
  answer: Course,
});
