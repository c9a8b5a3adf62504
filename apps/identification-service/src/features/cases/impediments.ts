import type { ReadSql } from '@bangfu/data/typed-sql';
import type { CaseEvent, Impediments } from '@bangfu/domain/identification/case/types';
import { sql } from 'kysely';
import type { Tables } from '../../operations.ts';
import { severityOf } from '../quality/rule-text.ts';

/** The name of a detail under which a verification keeps why a rule's warning is right as it stands. */
export const explains = (ruleId: string) => `explains:${ruleId}`;

/** The problems of the households of cases, each rule once, explained where the last verification did. */
export function readCaseProblems(read: ReadSql<Tables>, caseIds: readonly string[]) {
  const verified: CaseEvent['type'] = 'verificationRecorded';
  return read
    .selectFrom('case_file as c')
    .innerJoin('quality_breach as b', 'b.household_id', 'c.household_id')
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom('case_event as e')
          .whereRef('e.case_id', '=', 'c.id')
          .where(({ ref }) => sql<string>`${ref('e.event')}->>'type'`, '=', verified)
          .orderBy('e.position', 'desc')
          .limit(1)
          .select('e.details')
          .as('v'),
      (join) => join.onTrue(),
    )
    .where('c.id', 'in', caseIds)
    .groupBy(['c.id', 'b.rule_id', 'v.details'])
    .orderBy('c.id')
    .orderBy('b.rule_id')
    .select(['c.id as caseId', 'b.rule_id as ruleId'])
    .select(({ fn, ref }) => [
      sql<string | null>`${ref('v.details')}->>(${explains('')}::text || ${ref('b.rule_id')})`.as('explanation'),
      // When the rules last found it.
      fn.max('b.recorded_at').as('foundAt'),
    ])
    .execute();
}
type CaseProblem = Awaited<ReturnType<typeof readCaseProblems>>[number];

/**
 * What stands against an approval of each case. Doubts are not raised by any feature yet, so none is open.
 * @returns by case id; a case without problems is absent
 */
export async function countImpediments(
  read: ReadSql<Tables>,
  caseIds: readonly string[],
): Promise<Map<string, Impediments>> {
  const byCase = Map.groupBy(await readCaseProblems(read, caseIds), ({ caseId }) => caseId);
  return new Map([...byCase].map(([caseId, problems]) => [caseId, impedimentsOf(problems)]));
}

/** What the problems of one case's household come to. */
export function impedimentsOf(problems: readonly CaseProblem[]): Impediments {
  const isError = ({ ruleId }: CaseProblem) => severityOf(ruleId) === 'error';
  return {
    ...UNIMPEDED,
    qualityErrors: problems.filter(isError).length,
    unexplainedWarnings: problems.filter((problem) => !isError(problem) && !problem.explanation).length,
  };
}

export const UNIMPEDED: Impediments = { openDoubts: 0, qualityErrors: 0, unexplainedWarnings: 0 };
