import { PROCEDURES, type StepId } from '@bangfu/domain/identification/case/steps';
import { z } from 'zod';
import { Count, Day, Instant } from '../core/common.ts';

const STEP_IDS: readonly StepId[] = [
  ...new Set(Object.values(PROCEDURES).flatMap((steps) => steps.map(({ id }) => id))),
];
export const StepWord = z.enum(STEP_IDS);

/** A step of a case: when it was done and by whom, or that it waits. */
export const CaseStep = z.object({
  id: StepWord,
  official: Count,
  level: z.enum(['village', 'township', 'county']),
  state: z.enum(['done', 'current', 'waiting', 'stopped']),
  day: Day.nullable(),
  accountName: z.string().nullable(),
});

/** The one next act: from when, who, and why the caller may not, where he may not. */
export const NextAct = z.object({
  step: StepWord,
  act: z.string(),
  need: z.string(),
  params: z.record(z.string(), z.number()),
  roles: z.array(z.string()),
  earliest: Instant.nullable(),
  refusal: z.string().nullable(),
});

/** By which columns cases are sorted. */
export const CASE_SORTS = [
  'householdNumber',
  'headName',
  'villageName',
  'kind',
  'status',
  'step',
  'openedOn',
  'deadline',
  'closableFrom',
  'openObjections',
] as const;
