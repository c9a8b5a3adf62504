import type { getQuality as operation } from '@bangfu/contracts/identification/households';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { DEFAULT_POLICY, policyOn } from '@bangfu/domain/identification/policy/policy';
import { ruleMessage } from '@bangfu/domain/identification/quality/message';
import { ALL_RULES } from '@bangfu/domain/identification/quality/run';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import { inVillages, narrow } from '@bangfu/data/scope';
import type { Identification } from '../../../db/client.ts';
import { PLACE_NAME } from '../../place-name.ts';

type Answer = AnswerInputOf<typeof operation>;

const RULES = new Map(ALL_RULES.map((rule) => [rule.id, rule]));

/** A rule's severity, by id; a warning where the rule is no longer shipped. */
export const severityOf = (ruleId: string) => RULES.get(ruleId)?.severity ?? 'warning';

/**
 * A rule's severity, and its text with the figures of the policy in force on the day it was found broken. A rule that
 * is no longer shipped says its id.
 */
export function ruleText(
  ruleId: string,
  language: 'zh' | 'en',
  foundOn: BusinessDay,
): { severity: 'error' | 'warning'; message: string } {
  const rule = RULES.get(ruleId);
  if (!rule) return { severity: 'warning', message: ruleId };
  const { quality } = policyOn([DEFAULT_POLICY], foundOn);
  return { severity: rule.severity, message: ruleMessage(rule, quality, language) };
}

/** The open breaches within the caller's scope, by rule and by village. */
export async function getQuality(
  service: Identification,
  caller: Caller,
  region: string | undefined,
  language: 'zh' | 'en',
): Promise<Answer> {
  const params: unknown[] = [caller.countyCode];
  const prefixes = narrow(regionPrefixes(caller), region && scopePrefix(region as RegionCode));
  const within = `b.county_code = $1 AND ${inVillages('b.village_code', prefixes, (value) => `$${params.push(value)}`)}`;
  const pool = readsOf(service, caller);
  const rules = await pool.query<{ ruleId: string; households: number; count: number; foundAt: Date }>(
    `SELECT b.rule_id AS "ruleId", count(DISTINCT b.household_id) AS households, count(*) AS count,
       max(b.recorded_at) AS "foundAt"
     FROM quality_breach b WHERE ${within} GROUP BY b.rule_id ORDER BY count DESC, b.rule_id`,
    params,
  );
  const villages = await pool.query<Answer['villages'][number]>(
    `SELECT b.village_code AS "villageCode", ${PLACE_NAME} AS "villageName",
       count(DISTINCT b.household_id) AS households, count(*) AS count
     FROM quality_breach b JOIN region v ON v.code = b.village_code WHERE ${within}
     GROUP BY b.village_code, v.name ORDER BY count DESC, b.village_code LIMIT 500`,
    params,
  );
  return {
    rules: rules.rows.map(({ foundAt, ...row }) => ({
      ...row,
      ...ruleText(row.ruleId, language, businessDayOf(foundAt)),
    })),
    villages: villages.rows,
  };
}
