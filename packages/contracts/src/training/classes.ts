import { CLASS_STEPS, SESSION_STEPS } from '@bangfu/domain/training/steps';
import { z } from 'zod';
import { Count, Day, page, PageQuery, Uuid, Version } from '../core/common.ts';
import { DayInput } from '../core/inputs.ts';
import { sortBy } from '../core/list.ts';
import { operation } from '../core/operation.ts';
import { stepsOf } from '../core/steps.ts';
import { KEEPERS, READERS } from './access.ts';
import { SHAPE_WORDS } from '../core/strict.ts';

export const CLASS_STATES = ['planned', 'running', 'ended'] as const;
/** A time of the day in Asia/Shanghai. */
const TimeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .register(SHAPE_WORDS, { zh: '应为时刻，如 08:30', en: 'must be a time of day such as 08:30' });

const SessionFields = z.object({
  day: DayInput,
  startsAt: TimeOfDay,
  endsAt: TimeOfDay,
  place: z.string().trim().min(1).max(100),
  topic: z.string().trim().max(100).default(''),
});

export const Session = z
  .object({
    id: Uuid,
    classId: Uuid,
    day: Day,
    startsAt: z.string(),
    endsAt: z.string(),
    place: z.string(),
    topic: z.string(),
    /** Why it was cancelled; null when it was not. */
    cancelled: z.string().nullable(),
    /** Marks on its sheet: who came, who is entered at all. */
    present: Count,
    marked: Count,
    version: Version,
  })
  .meta({ id: 'ClassSession' });
export type Session = z.output<typeof Session>;

const ClassFields = z.object({
  name: z.string().trim().min(2).max(80),
  courseId: Uuid,
  providerId: Uuid,
  place: z.string().trim().min(1).max(100),
  begins: DayInput,
  ends: DayInput,
  capacity: z.int().min(1).max(500),
});

export const ClassRow = z
  .object({
    id: Uuid,
    name: z.string(),
    courseId: Uuid,
    courseName: z.string(),
    providerId: Uuid,
    providerName: z.string(),
    place: z.string(),
    begins: Day,
    ends: Day,
    state: z.enum(CLASS_STATES),
    capacity: Count,
    enrolled: Count,
    sessions: Count,
    certificates: Count,
    version: Version,
  })
  .meta({ id: 'ClassRow' });
export type ClassRow = z.output<typeof ClassRow>;

export const TrainingClass = ClassRow.extend({ sessionList: z.array(Session) }).meta({ id: 'TrainingClass' });

const ClassParams = z.object({ classId: Uuid });
const SessionParams = z.object({ sessionId: Uuid });

export const listClasses = operation({
  id: 'listClasses',
  owner: 'training',
  method: 'GET',
  path: '/classes',
  summary: { zh: '班次列表', en: 'Classes, the latest first' },
  access: READERS,
  query: PageQuery.extend({
    search: z.string().max(60).optional(),
    state: z.enum(CLASS_STATES).optional(),
    provider: Uuid.optional(),
    course: Uuid.optional(),
    /** Only those with learners from the caller's scope; of a scope as wide as the county, all. */
    own: z.enum(['true', 'false']).optional(),
    sort: sortBy(
      'name',
      'courseName',
      'providerName',
      'place',
      'begins',
      'ends',
      'state',
      'capacity',
      'enrolled',
      'sessions',
      'certificates',
    ),
  }),
  answer: page(ClassRow),
});

export const getClass = operation({
  id: 'getClass',
  owner: 'training',
  method: 'GET',
  path: '/classes/{classId}',
  summary: { zh: '班次详情', en: 'One class with its sessions' },
  access: READERS,
  params: ClassParams,
  answer: TrainingClass.extend({
    /** By the participants themselves. */
    satisfaction: z.object({
      answers: Count,
      /** Hundredths of a point of five; null with fewer than three answers. */
      meanHundredths: Count.nullable(),
      /** Learners of whom the provider once told it: kept, and not counted. */
      toldByProvider: Count,
    }),
    steps: stepsOf(CLASS_STEPS),
    sessionList: z.array(Session.extend({ steps: stepsOf(SESSION_STEPS) })),
  }),
});

export const createClass = operation({
  id: 'createClass',
  owner: 'training',
  method: 'POST',
  path: '/classes',
  summary: { zh: '开设班次', en: 'Open a class' },
  access: ['county-office'],
  audit: 'training.class.opened',
  body: ClassFields.extend({ sessions: z.array(SessionFields).max(200).default([]) }),
  answer: TrainingClass,
  status: 201,
});

export const changeClass = operation({
  id: 'changeClass',
  owner: 'training',
  method: 'PUT',
  path: '/classes/{classId}',
  summary: { zh: '修改班次', en: 'Change a class' },
  access: ['county-office'],
  audit: 'training.class.changed',
  params: ClassParams,
  body: ClassFields.omit({ courseId: true }).extend({ version: Version }),
  answer: TrainingClass,
});

export const addSession = operation({
  id: 'addSession',
  owner: 'training',
  method: 'POST',
  path: '/classes/{classId}/sessions',
  summary: { zh: '排课', en: 'Put a session on a class’s calendar' },
  access: KEEPERS,
  audit: 'training.session.planned',
  params: ClassParams,
  body: SessionFields,
  answer: Session,
  status: 201,
});

export const changeSession = operation({
  id: 'changeSession',
  owner: 'training',
  method: 'PUT',
  path: '/sessions/{sessionId}',
  summary: { zh: '调课', en: 'Move a session' },
  access: KEEPERS,
  audit: 'training.session.moved',
  params: SessionParams,
  body: SessionFields.extend({ version: Version }),
  answer: Session,
});

export const cancelSession = operation({
  id: 'cancelSession',
  owner: 'training',
  method: 'POST',
  path: '/sessions/{sessionId}/cancel',
  summary: { zh: '取消课次', en: 'Cancel a session; it no longer counts for attendance' },
  access: KEEPERS,
  audit: 'training.session.cancelled',
  params: SessionParams,
  body: z.object({ reason: z.string().trim().min(2).max(200), version: Version }),
  answer: Session,
});

export const listSessions = operation({
  id: 'listSessions',
  owner: 'training',
  method: 'GET',
  path: '/sessions',
  summary: { zh: '课表', en: 'The sessions between two days, as a calendar shows them' },
  access: READERS,
  query: z.object({ from: DayInput, to: DayInput }),
  answer: z.object({
    rows: z.array(Session.extend({ className: z.string(), courseName: z.string(), providerName: z.string() })),
  }),
});
