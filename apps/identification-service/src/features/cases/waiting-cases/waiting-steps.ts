import { PROCEDURES } from '@bangfu/domain/identification/case/steps';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import type { Caller } from '@bangfu/platform/auth/caller';
import { hasEntered } from '../entered-by.ts';

/** Steps of the procedures by their id, each once: the same step has the same roles and duty in every procedure. */
const STEPS = [
  ...new Map(Object.values(PROCEDURES).flatMap((steps) => steps.map((step) => [step.id, step] as const))).values(),
];

/** Where a caller may do which step, as three columns of one length. */
export interface WaitingSteps {
  readonly patterns: readonly string[];
  readonly steps: readonly string[];
  readonly duties: readonly string[];
}

/** The steps a caller's grants in force open to him, with the village patterns they hold in. */
export function waitingSteps(caller: Caller, now: Date): WaitingSteps {
  const rows = caller.usable.flatMap(({ role, scope, until }) => {
    if (scope.kind !== 'region' || (until && Date.parse(until) <= now.getTime())) return [];
    const pattern = `${scopePrefix(scope.code as RegionCode)}%`;
    return STEPS.filter((step) => step.roles.includes(role)).map(({ id, duty }) => ({ pattern, id, duty }));
  });
  return {
    patterns: rows.map(({ pattern }) => pattern),
    steps: rows.map(({ id }) => id),
    duties: rows.map(({ duty }) => duty),
  };
}

/**
 * Whether a case `c` waits for an account and can be done now: its step is one of the three columns' from `$at`, the
 * account (`$at+3`) holds no other duty in it and did not enter its household for a review or approval, and a notice has served its time (`$at+4` is the instant) or has an
 * objection to answer.
 */
export function waitsFor(caller: Caller, at: number): string {
  return `c.status = 'open' AND EXISTS (
    SELECT 1 FROM unnest($${at}::text[], $${at + 1}::text[], $${at + 2}::text[]) AS s (pattern, step, duty)
    WHERE s.step = c.step AND c.village_code LIKE s.pattern AND NOT EXISTS (
      SELECT 1 FROM jsonb_each(c.state->'duties') d WHERE d.key <> s.duty AND d.value ? $${at + 3}::text)
      AND (s.duty = 'enter' OR NOT ${hasEntered(caller, `$${at + 3}`, 'c.household_id')}))
    AND (c.notice_id IS NULL OR c.notice_closable_from IS NULL OR c.notice_closable_from <= $${at + 4}::timestamptz)`;
}
