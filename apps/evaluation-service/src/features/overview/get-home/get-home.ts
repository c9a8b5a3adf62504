import { type EveryService, everyService } from '@bangfu/contracts/core/every-service';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { listEvaluations } from '@bangfu/contracts/evaluation/evaluations';
import { getRates } from '@bangfu/contracts/evaluation/rates';
import type { QueryCall } from '@bangfu/platform/operation/operation';
import { homeFigures } from '@bangfu/platform/overview/figures';
import { query, readAs, type Tables } from '../../../operations.ts';
import { findVisible, type VisibleTotals, visibleTotals } from '../../evaluations/evaluation.repository.ts';
import { findLatestResult } from '../../rates/stored-result.ts';

const contract = everyService('evaluation');
type Home = AnswerInputOf<EveryService['getHome']>;

/** Evaluations beyond the latest so many are not searched for one with a verdict. */
const LATEST = 100;

/** Evaluations within the caller's scope, and the latest three rates and one degree. */
export const getHome = query(contract.getHome, async (call) => {
  const { kit, caller, now } = call;
  const { exact } = homeFigures('evaluation', caller, now);
  const count = (key: keyof VisibleTotals, unit: Home['figures'][number]['unit']) =>
    exact({ key, unit, list: listEvaluations }, async (reader) => {
      return (await visibleTotals(readAs(kit, reader), reader))[key];
    });
  const figures = await Promise.all([
    count('evaluations', 'item'),
    count('sampledHouseholds', 'household'),
    count('returns', 'item'),
    rateFigures(call),
  ]);
  return { asOf: now.toISOString(), figures: figures.flat() };
});

async function rateFigures({
  read,
  caller,
  now,
}: Pick<QueryCall<unknown, Tables>, 'read' | 'caller' | 'now'>): Promise<Home['figures']> {
  const { exact } = homeFigures('evaluation', caller, now);
  const { rows: evaluations } = await findVisible(read, caller, { limit: LATEST });
  const latest = evaluations.find((row) => row.verdict !== null);
  const result = latest && (await findLatestResult(read, latest.id));
  if (!result) return [];
  const { composite, wrongExit, missed, approval } = result.county;
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
