import { checkQuality as operation, type QualityResult } from '@bangfu/contracts/identification/households';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { inTransaction } from '@bangfu/data/pool';
import { likeAny, narrow } from '@bangfu/data/scope';
import { notFound } from '@bangfu/platform/http/refusal';
import { type JobRun, orderJob } from '@bangfu/platform/jobs/job';
import type { z } from 'zod';
import type { Identification } from '../../../db/client.ts';
import { scopePrefix, type RegionCode } from '@bangfu/domain/shared/region';
import { IMPORT_LOCK } from '../../imports/roster/staging.ts';
import { countByRule, judgeHouseholds } from '../keep-breaches.ts';

/** What a check of the data quality is asked to do. */
export interface CheckInput {
  readonly prefixes: readonly string[];
}

/** Orders a run of all data-quality rules over the caller's scope, or the part of it that is asked for. */
export async function checkQuality(service: Identification, actor: Actor, region: string | undefined) {
  const prefixes = narrow(regionPrefixes(actor.caller), region && scopePrefix(region as RegionCode));
  if (prefixes.length === 0) throw notFound();
  const jobId = service.newId(actor.now);
  const answer = await runCommand(
    service.transaction,
    service.newId,
    operation,
    actor,
    { region },
    async (_tx, sql) => {
      await orderJob(sql, {
        id: jobId,
        kind: 'quality-check',
        title: '数据质量检查',
        caller: actor.caller,
        input: { prefixes } satisfies CheckInput,
        now: actor.now,
      });
      return {
        answer: { jobId },
        audit: [{ action: operation.audit ?? '', recordType: 'job', recordId: jobId, change: { prefixes } }],
      };
    },
  );
  service.nudgeJobs();
  return answer;
}

/** Runs the rules over the register and replaces the kept breaches, in one transaction. */
export async function runQualityCheck(
  service: Identification,
  run: JobRun<CheckInput>,
): Promise<z.output<typeof QualityResult>> {
  const patterns = likeAny(run.input.prefixes);
  return inTransaction(service.pool, async (client) => {
    // An import judges what it writes itself; one that ends meanwhile would be judged by what was before it.
    await client.query('SELECT pg_advisory_xact_lock($1)', [IMPORT_LOCK]);
    const { rows } = await client.query<{ n: number }>(
      'SELECT count(*) AS n FROM household WHERE village_code LIKE ANY ($1)',
      [patterns],
    );
    await run.stage('quality', rows[0]?.n ?? 0);
    const county = run.caller.countyCode;
    const today = businessDayOf(service.clock());
    const { households, persons, breaches } = await judgeHouseholds(
      client,
      service.cipher,
      county,
      today,
      'h.village_code LIKE ANY ($1)',
      [patterns],
      (n) => run.advance(n),
    );
    return { households, persons, rules: countByRule(breaches) };
  });
}
