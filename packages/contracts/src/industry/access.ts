import type { Role } from '@bangfu/domain/shared/roles';
import { z } from 'zod';
import { Count, ListProblem } from '../core/common.ts';

/** Who reads entities, contracts and declarations within his scope; an entity's users see only their own. */
export const READERS = [
  'county-office',
  'county-leader',
  'township-officer',
  'township-leader',
  'village-officer',
  'entity',
  'finance',
  'auditor',
  'evaluator',
] as const satisfies readonly Role[];

/** How the taking of a list ended: with any problem nothing of it was taken; warnings say what was not read. */
export const ListOutcome = z.object({
  rows: Count,
  taken: z.boolean(),
  problems: z.array(ListProblem),
  warnings: z.array(ListProblem),
});
