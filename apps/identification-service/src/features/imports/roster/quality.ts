import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { PoolClient } from '@bangfu/service-kit/db/pool';
import type { Cipher } from '@bangfu/service-kit/secrets/cipher';
import { countByRule, replaceBreaches } from '../../quality/keep-breaches.ts';
import { checkRows, type KeptBreach } from '../../quality/rule-rows.ts';
import { sameIdBreaches } from '../../quality/same-id.ts';

/** What the data-quality rules say of a compared roster. */
export interface RosterQuality {
  readonly counts: Record<string, number>;
  readonly breaches: readonly KeptBreach[];
}

const STAGED_ROWS = `SELECT p.household_id, r.number, r.village_code, r.status, r.category, r.main_cause, r.dangerous_house,
    r.safe_water, r.water_difficulty, r.per_capita_income_fen, r.details AS conditions, r.stated_count, p.id AS person_id,
    r.name, r.birth_date, r.sex, r.has_certificate, r.relation, r.ethnicity, r.education, r.school, r.health, r.labour,
    r.work_area, r.work_months, r.critical_insurance, r.details
  FROM roster_person p JOIN roster_row r USING (ordinal) ORDER BY p.household_id, r.ordinal`;

/** Runs the rules over every household of the roster that is not held back; they hold nothing back themselves. */
export async function rosterBreaches(
  client: PoolClient,
  county: string,
  today: BusinessDay,
  progress: (households: number) => Promise<void>,
): Promise<RosterQuality> {
  const { breaches } = await checkRows(client, STAGED_ROWS, [], county, today, progress);
  return { counts: countByRule(breaches), breaches };
}

/** Keeps the breaches of the households just written, and of those who now stand on the register twice. */
export async function keepBreaches(
  client: PoolClient,
  quality: RosterQuality,
  county: string,
  cipher: Cipher,
): Promise<void> {
  const written = (id: string) => `${id} IN (SELECT id FROM roster_household)`;
  const twice = await sameIdBreaches(client, cipher, county, written('h.id'), []);
  await replaceBreaches(client, county, written('b.household_id'), [], [...quality.breaches, ...twice]);
}
