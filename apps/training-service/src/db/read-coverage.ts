import type { BusinessDay } from '@bangfu/domain/shared/time';
import { type SkillCoverage, skillCoverage, totalCoverage } from '@bangfu/domain/training/coverage';
import type { Sql } from '@bangfu/events/sql';
import { ableLabour } from './able-labour.ts';

interface Row {
  readonly village: string;
  readonly villageName: string;
  readonly townshipName: string;
  readonly labour: number;
  readonly certificates: number;
}

/**
 * One skill per household by village: registered, exited and returned households with able labour, and those of them
 * where a member holds a certificate that was not withdrawn.
 */
export async function readCoverage(sql: Sql, villagePatterns: readonly string[], today: BusinessDay) {
  const able = ableLabour(today, 2);
  const rows = await sql.query<Row>(
    `SELECT h.village_code AS village, h.village_name AS "villageName", h.township_name AS "townshipName",
       ${able.sql}::int AS labour,
       (SELECT count(*) FROM certificate t WHERE t.household_id = h.id AND t.withdrawn_on IS NULL)::int AS certificates
     FROM platform.household_copy h
     WHERE NOT h.withdrawn AND h.status <> 'none' AND h.village_code LIKE ANY ($1::text[])`,
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
