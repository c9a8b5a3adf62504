import type { CaseEvent, Impediments } from '@bangfu/domain/identification/case/types';
import type { Sql } from '@bangfu/data/sql';
import { severityOf } from '../quality/get-quality/get-quality.query.ts';

/** A data-quality problem of a case's household, with the explanation the last verification gave. */
export interface CaseProblem {
  readonly caseId: string;
  readonly ruleId: string;
  readonly explanation: string | null;
  /** When the rules last found it. */
  readonly foundAt: Date;
}

/** The name of a detail under which a verification keeps why a rule's warning is right as it stands. */
export const explains = (ruleId: string) => `explains:${ruleId}`;

/** The problems of the households of cases, each rule once, explained where the last verification did. */
export async function readCaseProblems(sql: Sql, caseIds: readonly string[]): Promise<CaseProblem[]> {
  const type: CaseEvent['type'] = 'verificationRecorded';
  return sql.query<CaseProblem>(
    `SELECT c.id AS "caseId", b.rule_id AS "ruleId", v.details->>('${explains('')}' || b.rule_id) AS explanation,
       max(b.recorded_at) AS "foundAt"
     FROM case_file c JOIN quality_breach b ON b.household_id = c.household_id
     LEFT JOIN LATERAL (SELECT details FROM case_event e WHERE e.case_id = c.id AND e.event->>'type' = $2
       ORDER BY position DESC LIMIT 1) v ON true
     WHERE c.id = ANY ($1::uuid[]) GROUP BY c.id, b.rule_id, v.details ORDER BY 1, 2`,
    [[...caseIds], type],
  );
}

/**
 * What stands against an approval of each case. Doubts are not raised by any feature yet, so none is open.
 * @returns by case id; a case without problems is absent
 */
export async function countImpediments(sql: Sql, caseIds: readonly string[]): Promise<Map<string, Impediments>> {
  const byCase = Map.groupBy(await readCaseProblems(sql, caseIds), ({ caseId }) => caseId);
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
