import { createHash } from 'node:crypto';
import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { canonicalFrame, type Frame, makeFrame, type RateGroup, rateGroupOf } from '@bangfu/domain/evaluation/frame';
import type { RegionCode } from '@bangfu/domain/shared/region';
import { businessDay } from '@bangfu/domain/shared/time';
import type { Tables } from '../../operations.ts';

/** The frame of an evaluation as its rows are now. */
export async function loadFrame(read: ReadSql<Tables>, evaluation: Pick<Shown, 'id' | 'frameDate'>): Promise<Frame> {
  const rows = await read
    .selectFrom('frame_row')
    .select(['household_number as householdNumber', 'village_code as village', 'stratum', 'persons', 'status'])
    .where('evaluation_id', '=', evaluation.id)
    .execute();
  // A frame looks at the codes of its villages itself.
  const frameRows = rows.map((row) => ({ ...row, village: row.village as RegionCode }));
  return makeFrame(businessDay(evaluation.frameDate), frameRows);
}

/**
 * SHA-256 over the register values sealed with a frame, in hex: RFC 8785 JSON of their format and the households in the
 * order of their numbers. Null for a frame of an earlier release, which sealed none.
 */
export async function registerHash(read: ReadSql<Tables>, evaluationId: string): Promise<string | null> {
  const rows = await read
    .selectFrom('frame_register')
    .select([
      'category',
      'household_number as householdNumber',
      'main_cause as mainCause',
      'monitored',
      'per_capita_income_fen as perCapitaIncomeFen',
    ])
    .where('evaluation_id', '=', evaluationId)
    .orderBy('household_number')
    .execute();
  if (rows.length === 0) return null;
  const sorted = rows.map(({ category, householdNumber, mainCause, monitored, perCapitaIncomeFen }) => ({
    category,
    householdNumber,
    mainCause,
    monitored,
    perCapitaIncomeFen,
  }));
  const text = JSON.stringify({ format: 'bangfu.evaluation-register.v1', rows: sorted });
  return createHash('sha256').update(text).digest('hex');
}

/** The rate that covers each household of an evaluation's sample, by number; null where its frame does not say. */
export async function loadGroups(read: ReadSql<Tables>, evaluationId: string): Promise<Map<string, RateGroup | null>> {
  const rows = await read
    .selectFrom('sample_row as s')
    .innerJoin('frame_row as f', (join) =>
      join.onRef('f.evaluation_id', '=', 's.evaluation_id').onRef('f.household_number', '=', 's.household_number'),
    )
    .select(['f.household_number as householdNumber', 'f.stratum', 'f.status'])
    .where('s.evaluation_id', '=', evaluationId)
    .execute();
  return new Map(rows.map((row) => [row.householdNumber, rateGroupOf(row)]));
}

/** The frame's published hash: SHA-256 of its canonical text, in hex. */
export const frameHash = (frame: Frame): string => createHash('sha256').update(canonicalFrame(frame)).digest('hex');
