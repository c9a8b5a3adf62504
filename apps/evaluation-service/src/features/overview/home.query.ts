import type { EveryService } from '@bangfu/contracts/core/every-service';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { listEvaluations } from '@bangfu/contracts/evaluation/evaluations';
import { getRates } from '@bangfu/contracts/evaluation/rates';
import { pgSql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import { homeFigures } from '@bangfu/platform/overview/figures';
import type { Evaluation } from '../../db/client.ts';
import { findVisible, type VisibleTotals, visibleTotals } from '../evaluations/evaluation.repository.ts';
import { readStoredResult } from '../rates/stored-result.ts';

type Home = AnswerInputOf<EveryService['getHome']>;

/** Evaluations beyond the latest so many are not searched for one with a verdict. */
const LATEST = 100;

/** Evaluations within the caller's scope, and the latest three rates and one degree. */
export async function readHome(service: Evaluation, caller: Caller, now: Date): Promise<Home> {
  const { exact } = homeFigures('evaluation', caller, now);
  const count = (key: keyof VisibleTotals, unit: Home['figures'][number]['unit']) =>
    exact({ key, unit, list: listEvaluations }, async (reader) => {
      return (await visibleTotals(pgSql(readsOf(service, reader)), reader))[key];
    });
  const figures = await Promise.all([
    count('evaluations', 'item'),
    count('sampledHouseholds', 'household'),
    count('returns', 'item'),
    rateFigures(service, caller, now),
  ]);
  return { asOf: now.toISOString(), figures: figures.flat() };
}

async function rateFigures(service: Evaluation, caller: Caller, now: Date): Promise<Home['figures']> {
  const { exact } = homeFigures('evaluation', caller, now);
  const reads = readsOf(service, caller);
  const { rows: evaluations } = await findVisible(pgSql(reads), caller, { limit: LATEST });
  const latest = evaluations.find((row) => row.verdict !== null);
  if (!latest) return [];
  const { rows } = await reads.query<{ result: unknown }>(
    'SELECT result FROM rate_result WHERE evaluation_id = $1::uuid ORDER BY id DESC LIMIT 1',
    [latest.id],
  );
  const { composite, wrongExit, missed, approval } = readStoredResult(rows[0]?.result).county;
  const rates = { compositeIncidence: composite, wrongExitRate: wrongExit, missedRate: missed, approvalRate: approval };
  const figures = await Promise.all(
    (Object.keys(rates) as (keyof typeof rates)[]).map((key) =>
      exact({ key, unit: 'basis-point', list: getRates, params: { evaluationId: latest.id } }, async () => {
        const { value } = rates[key];
        return value === null ? null : Math.round(value * 10_000);
      }),
    ),
  );
  return figures.flat();
}
