import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import { byText, STRATA, type Stratum } from '@bangfu/domain/evaluation/frame';
import type { SampledVillage } from '@bangfu/domain/evaluation/sampler';
import { type RegionCode, regionCode } from '@bangfu/domain/shared/region';
import { insertMany } from '@bangfu/data/insert-many';
import type { ReadSql, Transaction } from '@bangfu/data/typed-sql';
import type { Tables } from '../../operations.ts';
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
  { sql }: Transaction<Tables>,
  evaluationId: string,
  countyCode: string,
  villages: readonly SampledVillage[],
): Promise<void> {
  const place = { evaluation_id: evaluationId, county_code: countyCode };
  await insertMany(
    sql,
    'sample_village',
    villages.map(({ village, households, chance }) => ({
      ...place,
      village_code: village,
      households,
      chance_of: chance.of,
      chance_in: chance.in,
    })),
  );
  await insertMany(
    sql,
    'sample_row',
    villages.flatMap(householdRows).map(({ householdNumber, village, ...row }) => ({
      ...place,
      household_number: householdNumber,
      village_code: village,
      ...row,
    })),
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

/** The sample's tables as they are now. */
export async function loadTables(read: ReadSql<Tables>, evaluationId: string): Promise<SampleTables> {
  const villages = await read
    .selectFrom('sample_village')
    .select(['village_code as village', 'households', 'chance_of as of', 'chance_in as in'])
    .where('evaluation_id', '=', evaluationId)
    .orderBy('village_code')
    .execute();
  const rows = await read
    .selectFrom('sample_row')
    .select(['household_number as householdNumber', 'village_code as village', 'stratum', 'role', 'position', 'weight'])
    .where('evaluation_id', '=', evaluationId)
    .execute();
  return { villages, rows: inOrder(rows) };
}

/** The sample in the shape it was drawn in. */
export async function loadSample(read: ReadSql<Tables>, evaluationId: string): Promise<SampledVillage[]> {
  const { villages, rows } = await loadTables(read, evaluationId);
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
