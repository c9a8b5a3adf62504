import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import { byText, STRATA, type Stratum } from '@bangfu/domain/evaluation/frame';
import type { SampledVillage } from '@bangfu/domain/evaluation/sampler';
import { type RegionCode, regionCode } from '@bangfu/domain/shared/region';
import type { Sql } from '@bangfu/data/sql';
import { canonicalHash } from '@bangfu/platform/audit/hash';

interface VillageRow {
  readonly village: string;
  readonly households: number;
  readonly of: number;
  readonly in: number;
}

interface HouseholdRow {
  readonly householdNumber: string;
  readonly village: string;
  readonly stratum: Stratum;
  readonly role: 'sample' | 'replacement';
  readonly position: number;
  readonly weight: number;
}

/** A sample as its tables hold it: drawn villages, then households and replacements, all in a fixed order. */
interface SampleTables {
  readonly villages: readonly VillageRow[];
  readonly rows: readonly HouseholdRow[];
}

const inOrder = (rows: readonly HouseholdRow[]): HouseholdRow[] => {
  const key = ({ village, role, stratum, position }: HouseholdRow) =>
    `${village}/${role}/${stratum}/${String(position).padStart(6, '0')}`;
  return rows.toSorted((a, b) => byText(key(a), key(b)));
};

/** A drawn sample as its tables shall hold it. */
export function asTables(villages: readonly SampledVillage[]): SampleTables {
  return {
    villages: villages.map(({ village, households, chance }) => ({ village, households, ...chance })),
    rows: inOrder(villages.flatMap(householdRows)),
  };
}

/** The hash of a sample with all it was drawn from, over every value its tables hold; hex. */
export function sampleHash(evaluation: Shown, { villages, rows }: SampleTables): string {
  return canonicalHash({
    format: 'bangfu.evaluation-sample.v1',
    frame: evaluation.frame?.hash ?? '',
    design: evaluation.design,
    seed: evaluation.seed?.text ?? '',
    villages,
    rows,
  }).toString('hex');
}

/** Keeps a drawn sample: villages with their chances, households in the order drawn, replacement lists. */
export async function storeSample(
  sql: Sql,
  evaluationId: string,
  countyCode: string,
  villages: readonly SampledVillage[],
): Promise<void> {
  await sql.query(
    `INSERT INTO sample_village (evaluation_id, county_code, village_code, households, chance_of, chance_in)
     SELECT $1::uuid, $2, v, h::int, o::int, i::int FROM unnest($3::text[], $4::text[], $5::text[], $6::text[]) AS g (v, h, o, i)`,
    [
      evaluationId,
      countyCode,
      villages.map((v) => v.village),
      villages.map((v) => String(v.households)),
      villages.map((v) => String(v.chance.of)),
      villages.map((v) => String(v.chance.in)),
    ],
  );
  const rows = villages.flatMap(householdRows);
  await sql.query(
    `INSERT INTO sample_row (evaluation_id, county_code, household_number, village_code, stratum, role, position, weight)
     SELECT $1::uuid, $2, n, v, s, r, p::int, w::float8
     FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) AS g (n, v, s, r, p, w)`,
    [
      evaluationId,
      countyCode,
      rows.map((row) => row.householdNumber),
      rows.map((row) => row.village),
      rows.map((row) => row.stratum),
      rows.map((row) => row.role),
      rows.map((row) => String(row.position)),
      rows.map((row) => String(row.weight)),
    ],
  );
}

function householdRows({ village, sample, replacements }: SampledVillage): HouseholdRow[] {
  return STRATA.flatMap((stratum) => {
    const drawn = sample.filter((h) => h.stratum === stratum);
    const weight = drawn[0]?.weight ?? 0;
    const row = (role: HouseholdRow['role']) => (householdNumber: string, i: number) => ({
      householdNumber,
      village,
      stratum,
      role,
      position: i + 1,
      weight,
    });
    return [
      ...drawn.map((h) => h.householdNumber).map(row('sample')),
      ...replacements[stratum].map(row('replacement')),
    ];
  });
}

/** The sample's tables as they stand now. */
export async function loadTables(sql: Sql, evaluationId: string): Promise<SampleTables> {
  const villages = await sql.query<VillageRow>(
    `SELECT village_code AS village, households, chance_of AS "of", chance_in AS "in" FROM sample_village
     WHERE evaluation_id = $1::uuid ORDER BY village_code`,
    [evaluationId],
  );
  const rows = await sql.query<HouseholdRow>(
    `SELECT household_number AS "householdNumber", village_code AS village, stratum, role, position, weight
     FROM sample_row WHERE evaluation_id = $1::uuid`,
    [evaluationId],
  );
  return { villages, rows: inOrder(rows) };
}

/** The sample in the shape it was drawn in. */
export async function loadSample(sql: Sql, evaluationId: string): Promise<SampledVillage[]> {
  const { villages, rows } = await loadTables(sql, evaluationId);
  const byVillage = Map.groupBy(rows, (row) => row.village);
  return villages.map(({ village, households, of, in: total }) => {
    const own = byVillage.get(village) ?? [];
    const inStratum = (role: HouseholdRow['role'], stratum: Stratum) =>
      own.filter((row) => row.role === role && row.stratum === stratum);
    return {
      village: regionCode(village) satisfies RegionCode,
      households,
      chance: { of, in: total },
      sample: STRATA.flatMap((stratum) =>
        inStratum('sample', stratum).map(({ householdNumber, weight }) => ({ householdNumber, stratum, weight })),
      ),
      replacements: Object.fromEntries(
        STRATA.map((stratum) => [stratum, inStratum('replacement', stratum).map((row) => row.householdNumber)]),
      ) as Record<Stratum, string[]>,
    };
  });
}
