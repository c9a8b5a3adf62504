import * as contract from '@bangfu/contracts/identification/households';
import { needsOf, refusedBy } from '@bangfu/domain/identification/quality/needs';
import { ALL_RULES } from '@bangfu/domain/identification/quality/run';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { query } from '../../../operations.ts';
import { FACTS_READ } from '../rule-rows.ts';
import { ruleTexts } from '../rule-text.ts';

/** Every rule with what it needs; one of a village is fed by no sheet yet. */
export const listRules = query(contract.listRules, async ({ read, caller, now, language }) => {
  const textOf = await ruleTexts(read, caller.countyCode, language);
  const today = businessDayOf(now);
  const rules = ALL_RULES.map((rule) => {
    const needs = needsOf(rule);
    return {
      id: rule.id,
      object: rule.object,
      ...textOf(rule.id, today),
      needs: [...needs],
      fed: rule.object !== 'village' && needs.every((need) => FACTS_READ.has(need)),
      refused: refusedBy(rule),
    };
  });
  return { rules };
});
