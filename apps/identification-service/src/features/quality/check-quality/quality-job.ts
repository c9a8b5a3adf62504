import type { QualityResult } from '@bangfu/contracts/identification/households';
import { inRegions, likeAny } from '@bangfu/data/scope';
import { typedTransaction } from '@bangfu/data/typed-sql';
import { businessDayOf } from '@bangfu/domain/shared/time';
import type { JobRun } from '@bangfu/platform/jobs/job';
import type { ServiceKit } from '@bangfu/platform/service';
import { sql } from 'kysely';
import { z } from 'zod';
import { job, type Tables } from '../../../operations.ts';
import { IMPORT_LOCK } from '../../../register/import-turn.ts';
import { countByRule, judgeHouseholds } from '../keep-breaches.ts';

/** What a check works with. */
type CheckRun = JobRun<{ readonly prefixes: readonly string[] }> & { readonly kit: ServiceKit };

/** The job of a check. */
export const qualityJob = job('quality-check', {
  input: z.object({ prefixes: z.array(z.string()) }),
  run: runQualityCheck,
});

/** Runs the rules over the register and replaces the kept breaches, in one transaction. */
function runQualityCheck({ kit, ...run }: CheckRun): Promise<z.output<typeof QualityResult>> {
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
