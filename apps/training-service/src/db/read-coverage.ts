import { LEARNERS } from '@bangfu/contracts/training/policies';
import { policyOn } from '@bangfu/platform/policy/policy-on';
import { inRegions } from '@bangfu/data/scope';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { type SkillCoverage, skillCoverage, totalCoverage } from '@bangfu/domain/training/coverage';
import type { Tables } from '../operations.ts';
import { ableLabour, skilledMembers } from './able-labour.ts';

/**
 * One skill per household by village: households registered at any time or monitored, with able labour, and those of
 * them where a member carries a skill.
 */
export async function readCoverage(
  read: ReadSql<Tables>,
  { countyCode }: { readonly countyCode: string },
  prefixes: readonly string[],
  today: BusinessDay,
) {
  const { value: policy } = await policyOn(read, countyCode, LEARNERS, today);
  const rows = await read
    .selectFrom('household_copy as h')
    .where('h.withdrawn', '=', false)
    .where((eb) => eb.or([eb('h.status', '<>', 'none'), eb('h.monitored', '=', true)]))
    .where((eb) => inRegions(eb.ref('h.village_code'), prefixes))
    .select(['h.village_code as village', 'h.village_name as villageName', 'h.township_name as townshipName'])
    .select((eb) => [ableLabour(eb, today, policy).as('labour'), skilledMembers(eb).as('skilled')])
    .execute();
  const names = new Map(rows.map((row) => [row.village, row]));
  const byVillage = skillCoverage(rows);
  const villages = [...byVillage].map(([villageCode, coverage]: [string, SkillCoverage]) => ({
    villageCode,
    villageName: names.get(villageCode)?.villageName ?? '',
    townshipName: names.get(villageCode)?.townshipName ?? '',
    ...coverage,
  }));
  return { total: totalCoverage(byVillage.values()), villages };
}
