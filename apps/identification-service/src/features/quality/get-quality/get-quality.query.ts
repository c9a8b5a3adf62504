import type { getQuality } from '@bangfu/contracts/identification/households';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { ALL_RULES } from '@bangfu/domain/identification/quality/run';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { type Caller, regionPrefixes } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { likeAny, narrow } from '@bangfu/service-kit/db/scope';
import type { Identification } from '../../../db/client.ts';
import { PLACE_NAME } from '../../place-name.ts';

const RULES = new Map(ALL_RULES.map((rule) => [rule.id, rule]));

/** A rule's severity and text, by id; a rule no longer shipped says its id. */
export function ruleText(ruleId: string, language: 'zh' | 'en'): { severity: 'error' | 'warning'; message: string } {
  const rule = RULES.get(ruleId);
  return rule ? { severity: rule.severity, message: rule.message[language] } : { severity: 'warning', message: ruleId };
}

/** The open breaches within the caller's scope, by rule and by village. */
export async function countBreaches(
  service: Identification,
  caller: Caller,
  region: string | undefined,
  language: 'zh' | 'en',
): Promise<AnswerInputOf<typeof getQuality>> {
  const patterns = likeAny(narrow(regionPrefixes(caller), region && scopePrefix(region as RegionCode)));
  const pool = readsOf(service, caller);
  const rules = await pool.query<{ ruleId: string; count: number }>(
    `SELECT rule_id AS "ruleId", count(*) AS count FROM quality_breach WHERE village_code LIKE ANY ($1)
     GROUP BY rule_id ORDER BY count DESC, rule_id`,
    [patterns],
  );
  const villages = await pool.query<{ villageCode: string; villageName: string; count: number }>(
    `SELECT b.village_code AS "villageCode", ${PLACE_NAME} AS "villageName", count(*) AS count
     FROM quality_breach b JOIN region v ON v.code = b.village_code WHERE b.village_code LIKE ANY ($1)
     GROUP BY b.village_code, v.name ORDER BY count DESC, b.village_code LIMIT 500`,
    [patterns],
  );
  return { rules: rules.rows.map((row) => ({ ...row, ...ruleText(row.ruleId, language) })), villages: villages.rows };
}
