import {
  computeRates as operation,
  type RateResult,
  RateResult as RateResultSchema,
} from '@bangfu/contracts/evaluation/rates';
import { demandStep } from '@bangfu/domain/evaluation/plan';
import { evaluateReturns } from '@bangfu/domain/evaluation/result';
import { demand } from '@bangfu/domain/shared/errors';
import { ratesComputed } from '@bangfu/events/catalog/evaluation';
import type { Sql } from '@bangfu/data/sql';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Evaluation } from '../../../db/client.ts';
import { getVisible, moveOn } from '../../evaluations/evaluation.repository.ts';
import { frameHash, loadFrame } from '../../evaluations/frame.repository.ts';
import { loadReturns } from '../../returns/return.repository.ts';
import { loadSample } from '../../samples/sample.repository.ts';

/**
 * Computes the three rates and one degree from the returns that stand and keeps the result beside former ones.
 * @throws DomainError EVALUATION_NOT_DRAWN, FRAME_CHANGED @throws Refusal 409
 */
export function computeRates(
  service: Evaluation,
  actor: Actor,
  evaluationId: string,
  version: number,
): Promise<RateResult> {
  const input = { evaluationId, version };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (tx, sql) => {
    const before = await getVisible(sql, evaluationId, actor.caller);
    demandStep(before.state, 'compute');
    const frame = await loadFrame(sql, before);
    demand(frameHash(frame) === before.frame?.hash, 'FRAME_CHANGED');
    const villages = await loadSample(sql, evaluationId);
    const returns = (await loadReturns(sql, evaluationId)).map(({ answer }) => answer);
    const { townships, ...rest } = evaluateReturns(frame.rows, villages, returns, before.thresholds);
    const names = await townshipNames(sql, evaluationId);
    const result = RateResultSchema.parse({
      id: service.newId(actor.now),
      computedAt: actor.now.toISOString(),
      computedBy: actor.caller.name,
      thresholds: before.thresholds,
      former: false,
      ...rest,
      townships: townships.map((township) => ({ ...township, name: names.get(township.code) ?? township.code })),
    });
    const { county } = result;
    const { verdict } = county;
    await moveOn(tx, sql, before, version, actor.caller, { state: 'computed', verdict, computedAt: actor.now });
    await tx.rateResult.create({
      data: {
        id: result.id,
        evaluationId,
        countyCode: actor.caller.countyCode,
        result,
        computedAt: actor.now,
      },
    });
    const ratio = ({ hits, cases }: { hits: number; cases: number }) => ({ hits, cases });
    const figures = {
      verdict,
      wrongExit: ratio(county.wrongExit),
      missed: ratio(county.missed),
      approval: ratio(county.approval),
      compositePpm: county.composite.value === null ? null : Math.round(county.composite.value * 1e6),
    };
    const { id: resultId, returns: counted, coverage } = result;
    const change = { before: { verdict: before.verdict }, after: { resultId, returns: counted, coverage, ...figures } };
    return {
      answer: result,
      audit: [{ action: operation.audit ?? '', recordType: 'evaluation', recordId: evaluationId, change }],
      events: [ratesComputed.of(actor.caller.countyCode, { evaluationId, resultId: result.id, ...figures })],
    };
  });
}

async function townshipNames(sql: Sql, evaluationId: string): Promise<Map<string, string>> {
  const rows = await sql.query<{ code: string; name: string }>(
    `SELECT DISTINCT left(village_code, 9) || '000' AS code, township_name AS name FROM frame_row
     WHERE evaluation_id = $1::uuid`,
    [evaluationId],
  );
  return new Map(rows.map(({ code, name }) => [code, name]));
}
