import { PROCEDURES } from '@bangfu/domain/identification/case/steps';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import type { Caller } from '@bangfu/platform/auth/caller';
import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely';
import type { Tables } from '../../../operations.ts';
import { hasEntered } from '../entered-by.ts';

/** Steps of the procedures by their id, each once: the same step has the same roles and duty in every procedure. */
const STEPS = [
  ...new Map(Object.values(PROCEDURES).flatMap((steps) => steps.map((step) => [step.id, step] as const))).values(),
];

/** Where a caller may do which step, as three columns of one length. */
interface WaitingSteps {
  readonly patterns: readonly string[];
  readonly steps: readonly string[];
  readonly duties: readonly string[];
}

/** The steps a caller's grants in force open to him, with the village patterns they hold in. */
function waitingSteps(caller: Caller, now: Date): WaitingSteps {
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

/** Whether any step is a caller's now. */
export const hasSteps = (caller: Caller, now: Date): boolean => waitingSteps(caller, now).steps.length > 0;

type Of = ExpressionBuilder<Tables & { c: Tables['case_file'] }, 'c'>;

/**
 * Whether a case `c` waits for a caller and can be done now: its step is one of the caller's, who holds no other duty
 * in it and did not enter its household for a review or approval, and a notice has served its time or has an objection
 * to answer.
 */
export function waitsFor(eb: Of, caller: Caller, now: Date): Expression<SqlBool> {
  const { patterns, steps, duties } = waitingSteps(caller, now);
  const [pattern, step, duty] = [sql.ref('s.pattern'), sql.ref('s.step'), sql.ref('s.duty')];
  const [held, holders] = [sql.ref('d.key'), sql.ref('d.value')];
  const isTheirs = sql<SqlBool>`exists (
    select from unnest(${[...patterns]}::text[], ${[...steps]}::text[], ${[...duties]}::text[]) as s (pattern, step, duty)
    where ${step} = ${eb.ref('c.step')} and ${eb.ref('c.village_code')} like ${pattern} and not exists (
      select from jsonb_each(${eb.ref('c.state')}->'duties') as d (key, value)
      where ${held} <> ${duty} and ${holders} ? ${caller.id}::text)
    and (${duty} = 'enter' or not ${hasEntered(caller, eb.ref('c.household_id'))}))`;
  return eb.and([
    eb('c.status', '=', 'open'),
    isTheirs,
    eb.or([
      eb('c.notice_id', 'is', null),
      eb('c.notice_closable_from', 'is', null),
      eb('c.notice_closable_from', '<=', now),
    ]),
  ]);
}
