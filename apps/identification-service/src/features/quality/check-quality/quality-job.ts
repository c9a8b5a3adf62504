import type { QualityResult } from '@bangfu/contracts/identification/households';
import { inRegions, likeAny } from '@bangfu/data/scope';
import { typedTransaction } from '@bangfu/data/typed-sql';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { type JobHandler, type JobRun, nothingToSettle } from '@bangfu/platform/jobs/job';
import type { ServiceKit } from '@bangfu/platform/service';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tables } from '../../../operations.ts';
import { IMPORT_LOCK } from '../../imports/roster/staging.ts';
import { countByRule, judgeHouseholds } from '../keep-breaches.ts';

/** The kind of the jobs of checks. */
export const QUALITY_CHECK = 'quality-check';

/** What a check of the data quality is asked to do. */
export interface CheckInput {
  readonly prefixes: readonly string[];
}

/** The job of a check. */
export const qualityJobs = (kit: ServiceKit): Readonly<Record<string, JobHandler>> => {
  const handler: JobHandler<CheckInput> = { run: (run) => runQualityCheck(kit, run), settle: nothingToSettle };
  return { [QUALITY_CHECK]: handler as JobHandler };
};

/** Runs the rules over the register and replaces the kept breaches, in one transaction. */
function runQualityCheck(kit: ServiceKit, run: JobRun<CheckInput>): Promise<z.output<typeof QualityResult>> {
  const { prefixes } = run.input;
  return typedTransaction<Tables, z.output<typeof QualityResult>>(kit.pool, async (tx) => {
    // An import judges what it writes itself; one that ends meanwhile would be judged by what was before it.
    await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})::text`.execute(tx.sql);
    const { total } = await tx.sql
      .selectFrom('household')
      .where((eb) => inRegions(eb.ref('village_code'), prefixes))
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    await run.stage('quality', total);
    const { households, persons, breaches } = await judgeHouseholds(
      tx.client,
      kit.cipher,
      run.caller.countyCode,
      businessDayOf(kit.clock()),
      'h.village_code LIKE ANY ($1)',
      [likeAny(prefixes)],
      (n) => run.advance(n),
    );
    return { households, persons, rules: countByRule(breaches) };
  });
}
