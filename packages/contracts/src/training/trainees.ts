import { z } from 'zod';
import { Count, page, PageQuery, Uuid } from '../core/common.ts';
import { sortBy } from '../core/list.ts';
import { operation } from '../core/operation.ts';
import { READERS } from './access.ts';

export const Trainee = z
  .object({
    personId: Uuid,
    personName: z.string(),
    householdId: Uuid,
    householdNumber: z.string(),
    townshipName: z.string(),
    villageName: z.string(),
    /** Classes the person is enrolled in and has not left. */
    classes: Count,
    /** Marks of these classes' sessions, cancelled ones left out: present, and entered at all. */
    present: Count,
    marked: Count,
    /** Certificates that are valid. */
    certificates: Count,
  })
  .meta({ id: 'Trainee' });
export type Trainee = z.output<typeof Trainee>;

export const listTrainees = operation({
  id: 'listTrainees',
  owner: 'training',
  method: 'GET',
  path: '/trainees',
  summary: { zh: '参训人员', en: 'Persons enrolled in a class of the caller’s scope, each once' },
  access: READERS,
  query: PageQuery.extend({
    /** A household number or a name, from its beginning. */
    search: z.string().max(60).optional(),
    sort: sortBy('personName', 'householdNumber', 'villageName', 'classes', 'present', 'marked', 'certificates'),
  }),
  answer: page(Trainee),
});
