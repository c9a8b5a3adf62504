import type { EveryService } from '@bangfu/contracts/core/every-service';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { pgSql } from '@bangfu/events/sql';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import type { Evaluation } from '../../db/client.ts';
import { findVisible } from '../evaluations/evaluation.repository.ts';
import { readStoredResult } from '../rates/stored-result.ts';

type Home = AnswerInputOf<EveryService['getHome']>;

/** The evaluations of a county are few; more than these are not summed up on its home. */
const LATEST = 100;

/** Evaluations within the caller's scope, and the latest three rates and one degree. */
export async function readHome(service: Evaluation, caller: Caller, now: Date): Promise<Home> {
  const reads = readsOf(service, caller);
  const { rows, total } = await findVisible(pgSql(reads), caller, { before: null, limit: LATEST });
  const latest = rows.find((row) => row.verdict !== null);
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((whole, row) => whole + of(row), 0);
  return {
    asOf: now.toISOString(),
    figures: [
      { key: 'evaluations', value: total, unit: 'item' },
      { key: 'sampledHouseholds', value: sum((row) => row.sample?.households ?? 0), unit: 'household' },
      { key: 'returns', value: sum((row) => row.returns.accepted), unit: 'item' },
      ...(latest ? await rateFigures(reads, latest.id) : []),
    ],
  };
}

async function rateFigures(reads: Evaluation['pool'], evaluationId: string): Promise<Home['figures']> {
  const { rows } = await reads.query<{ result: unknown }>(
    'SELECT result FROM rate_result WHERE evaluation_id = $1::uuid ORDER BY id DESC LIMIT 1',
    [evaluationId],
  );
  const { composite, wrongExit, missed, approval } = readStoredResult(rows[0]?.result).county;
  const rates = { compositeIncidence: composite, wrongExitRate: wrongExit, missedRate: missed, approvalRate: approval };
  return Object.entries(rates).flatMap(([key, { value }]) =>
    value === null ? [] : [{ key, value: Math.round(value * 10_000), unit: 'basis-point' as const }],
  );
}
