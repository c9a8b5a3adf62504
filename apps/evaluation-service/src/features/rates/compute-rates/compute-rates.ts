import * as contract from '@bangfu/contracts/evaluation/rates';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { demandStep } from '@bangfu/domain/evaluation/plan';
import { evaluateReturns } from '@bangfu/domain/evaluation/result';
import { demand } from '@bangfu/domain/shared/errors';
import { ratesComputed } from '@bangfu/events/catalog/evaluation';
import { sql } from 'kysely';
import { command, type Tables } from '../../../operations.ts';
import { getVisible, moveOn } from '../../evaluations/evaluation.repository.ts';
import { frameHash, loadFrame } from '../../evaluations/frame.repository.ts';
import { loadReturns } from '../../returns/return.repository.ts';
import { loadSample } from '../../samples/sample.repository.ts';

const ratio = ({ hits, cases }: { hits: number; cases: number }) => ({ hits, cases });

/**
 * Computes the three rates and one degree from the returns that are in and keeps the result next to former ones.
 * @throws DomainError EVALUATION_NOT_DRAWN, FRAME_CHANGED @throws Refusal 409
 */
export const computeRates = command(contract.computeRates, async (call) => {
  const { params, body, tx, caller, now } = call;
  const { evaluationId } = params;
  const before = await getVisible(tx.sql, evaluationId, caller);
  demandStep(before.state, 'compute');
  const frame = await loadFrame(tx.sql, before);
  demand(frameHash(frame) === before.frame?.hash, 'FRAME_CHANGED');
  const villages = await loadSample(tx.sql, evaluationId);
  const returns = (await loadReturns(tx.sql, evaluationId)).map(({ answer }) => answer);
  const { townships, ...rest } = evaluateReturns(frame.rows, villages, returns, before.thresholds);
  const names = await townshipNames(tx.sql, evaluationId);
  const result = contract.RateResult.parse({
    id: call.newId(),
    computedAt: now.toISOString(),
    computedBy: caller.name,
    thresholds: before.thresholds,
    former: false,
    ...rest,
    townships: townships.map((township) => ({ ...township, name: names.get(township.code) ?? township.code })),
  });
  const { id: resultId, county, coverage, returns: counted } = result;
  const { verdict } = county;
  await moveOn(tx, before, body.version, caller, { state: 'computed', verdict, computed_at: now });
  await tx.sql
    .insertInto('rate_result')
    .values({
      id: resultId,
      evaluation_id: evaluationId,
      county_code: caller.countyCode,
      result: JSON.stringify(result),
      policy_id: before.thresholds.policyId,
      computed_at: now,
    })
    .execute();
  const figures = {
    verdict,
    wrongExit: ratio(county.wrongExit),
    missed: ratio(county.missed),
    approval: ratio(county.approval),
    compositePpm: county.composite.value === null ? null : Math.round(county.composite.value * 1e6),
  };
  const after = { resultId, returns: counted, coverage, ...figures };
  call.audit.change('evaluation', evaluationId, { verdict: before.verdict }, after);
  call.emit(ratesComputed.of(caller.countyCode, { evaluationId, resultId, ...figures }));
  return result;
});

/** The names of a frame's townships by their codes. */
async function townshipNames(read: ReadSql<Tables>, evaluationId: string): Promise<Map<string, string>> {
  const rows = await read
    .selectFrom('frame_row')
    .distinct()
    .select(({ ref }) => sql<string>`left(${ref('village_code')}, 9) || '000'`.as('code'))
    .select('township_name as name')
    .where('evaluation_id', '=', evaluationId)
    .execute();
  return new Map(rows.map(({ code, name }) => [code, name]));
}
