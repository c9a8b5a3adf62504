import type { BusinessDay } from '@bangfu/domain/shared/time';
import { type SkillCoverage, skillCoverage, totalCoverage } from '@bangfu/domain/training/coverage';
import type { Sql } from '@bangfu/data/sql';
import { ABLE_MEMBER, ableLabour } from './able-labour.ts';

interface Row {
  readonly village: string;
  readonly villageName: string;
  readonly townshipName: string;
  readonly labour: number;
  readonly skilled: number;
}

/**
 * Members of a household copy `h` as it is today who are able to labour and hold a certificate that was not withdrawn:
 * who left, died or cannot labour any more carries no skill, and who married in brings theirs.
 */
export const SKILLED_MEMBERS = `(SELECT count(*) FROM jsonb_array_elements(h.members) m WHERE ${ABLE_MEMBER}
  AND m->>'personId' IN (SELECT t.person_id::text FROM certificate t WHERE t.withdrawn_on IS NULL))`;

/**
 * One skill per household by village: households registered at any time or monitored, with able labour, and those of
 * them where a member carries a skill.
 */
export async function readCoverage(sql: Sql, villagePatterns: readonly string[], today: BusinessDay) {
  const able = ableLabour(today, 2);
  const rows = await sql.query<Row>(
    `SELECT h.village_code AS village, h.village_name AS "villageName", h.township_name AS "townshipName",
       ${able.sql}::int AS labour,
       ${SKILLED_MEMBERS}::int AS skilled
     FROM platform.household_copy h
     WHERE NOT h.withdrawn AND (h.status <> 'none' OR h.monitored) AND h.village_code LIKE ANY ($1::text[])`,
    [[...villagePatterns], ...able.params],
  );
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
