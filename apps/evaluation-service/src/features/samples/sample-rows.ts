import type { QueryOf } from '@bangfu/contracts/core/operation';
import { StratumCode } from '@bangfu/contracts/evaluation/plan';
import { type listSample, SAMPLE_ROLES } from '@bangfu/contracts/evaluation/samples';
import { inRegions } from '@bangfu/data/scope';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { beginsNumber, holdsName, searchPattern } from '@bangfu/platform/search/name-search';
import type { ExpressionBuilder } from 'kysely';
import { isUncorrected } from '../../db/uncorrected.ts';
import type { Tables } from '../../operations.ts';

/** The outcome of the return of `sample_row s` that is in, if there is one. */
const outcome = (eb: ExpressionBuilder<Tables & { s: Tables['sample_row'] }, 's'>) =>
  eb
    .selectFrom('household_return as r')
    .select('r.outcome')
    .whereRef('r.evaluation_id', '=', 's.evaluation_id')
    .whereRef('r.household_number', '=', 's.household_number')
    .where((r) => isUncorrected(r))
    .orderBy('r.return_id', 'desc')
    .limit(1)
    .$asScalar();

/** Sampled households with names and places. */
const sampleRows = (read: ReadSql<Tables>) =>
  read
    .selectFrom('sample_row as s')
    .innerJoin('frame_row as f', (join) =>
      join.onRef('f.evaluation_id', '=', 's.evaluation_id').onRef('f.household_number', '=', 's.household_number'),
    )
    .select([
      's.household_number as householdNumber',
      's.village_code as villageCode',
      'f.township_name as townshipName',
      'f.village_name as villageName',
      'f.head_name as headName',
      's.stratum',
      'f.persons',
      's.role',
      's.position',
      's.weight',
    ])
    .select((eb) => outcome(eb).as('outcome'));

const ORDER = orderOf<QueryOf<typeof listSample>>()(sampleRows, ({ text, person, stage, number, ratio }) => ({
  columns: {
    householdNumber: text('s.household_number'),
    headName: person('f.head_name'),
    villageName: text('s.village_code'),
    stratum: stage('s.stratum', StratumCode.options),
    persons: number('f.persons'),
    role: stage('s.role', SAMPLE_ROLES),
    position: number('s.position'),
    weight: ratio('s.weight'),
    outcome: { ...text(outcome), nullable: true },
  },
  // In the order of villages and of drawing.
  own: [text('s.village_code'), text('s.role'), text('s.stratum'), number('s.position')],
}));

/**
 * One page of a sample with names and places, within the given places.
 * @param isMasked whether its reader sees masked names
 */
export function readSampleRows(
  read: ReadSql<Tables>,
  prefixes: readonly string[],
  evaluationId: string,
  query: Partial<QueryOf<typeof listSample>> & { readonly limit: number },
  isMasked = false,
) {
  const { role, stratum } = query;
  const pattern = searchPattern(query.search);
  let rows = sampleRows(read)
    .where('s.evaluation_id', '=', evaluationId)
    .where((eb) => inRegions(eb.ref('s.village_code'), prefixes));
  if (role) rows = rows.where('s.role', '=', role);
  if (stratum) rows = rows.where('s.stratum', '=', stratum);
  if (pattern !== null) {
    rows = rows.where((eb) =>
      eb.or([beginsNumber(eb.ref('s.household_number'), pattern), holdsName(eb.ref('f.head_name'), pattern)]),
    );
  }
  return pageOfList(rows, ORDER, query, isMasked);
}

/** Samples are a few thousand households; one beyond this is not surveyed from one sheet. */
const MOST_ROWS = 100_000;

/** Every row of an evaluation's sample within the given places. */
export async function wholeSample(read: ReadSql<Tables>, evaluationId: string, prefixes: readonly string[]) {
  const { rows } = await readSampleRows(read, prefixes, evaluationId, { limit: MOST_ROWS });
  return rows;
}
