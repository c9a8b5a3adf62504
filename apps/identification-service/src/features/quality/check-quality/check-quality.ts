import { checkQuality as operation, type QualityResult } from '@bangfu/contracts/identification/households';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { regionPrefixes } from '@bangfu/service-kit/auth/caller';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { inTransaction } from '@bangfu/service-kit/db/pool';
import { likeAny, narrow } from '@bangfu/service-kit/db/scope';
import { notFound } from '@bangfu/service-kit/http/refusal';
import { type JobRun, orderJob } from '@bangfu/service-kit/jobs/job';
import type { z } from 'zod';
import type { Identification } from '../../../db/client.ts';
import { scopePrefix, type RegionCode } from '@bangfu/domain/shared/region';
import { countByRule, replaceBreaches } from '../keep-breaches.ts';
import { checkRows } from '../rule-rows.ts';
import { sameIdBreaches } from '../same-id.ts';

interface CheckInput {
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

/** Selects the rows of the register's households `h` that fit the condition, as the rules read them. */
export const registerRows = (condition: string) => `
  SELECT h.id AS household_id, h.number, h.village_code, h.status, h.category, h.main_cause, h.dangerous_house,
    h.safe_water, h.water_difficulty, h.per_capita_income_fen, h.conditions,
    h.member_count AS stated_count, p.id AS person_id, p.name, p.birth_date, p.sex, p.has_certificate, p.relation,
    p.ethnicity, p.education, p.school, p.health, p.labour, p.work_area, p.work_months, p.critical_insurance, p.details
  FROM household h JOIN person p ON p.household_id = h.id
  WHERE ${condition} ORDER BY h.id, p.row_order`;
const REGISTER_ROWS = registerRows('h.village_code LIKE ANY ($1)');

/** Runs the rules over the register and replaces the kept breaches, in one transaction. */
export async function runQualityCheck(
  service: Identification,
  run: JobRun<CheckInput>,
): Promise<z.output<typeof QualityResult>> {
  const patterns = likeAny(run.input.prefixes);
  return inTransaction(service.pool, async (client) => {
    const { rows } = await client.query<{ n: number }>(
      'SELECT count(*) AS n FROM household WHERE village_code LIKE ANY ($1)',
      [patterns],
    );
    await run.stage('quality', rows[0]?.n ?? 0);
    const county = run.caller.countyCode;
    const today = businessDayOf(service.clock());
    const { households, persons, breaches } = await checkRows(client, REGISTER_ROWS, [patterns], county, today, (n) =>
      run.advance(n),
    );
    const twice = await sameIdBreaches(client, service.cipher, county, 'h.village_code LIKE ANY ($1)', [patterns]);
    const all = [...breaches, ...twice];
    await replaceBreaches(client, county, 'b.village_code LIKE ANY ($1)', [patterns], all);
    return { households, persons, rules: countByRule(all) };
  });
}
