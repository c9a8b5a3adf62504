import { createHash } from 'node:crypto';
import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import {
  canonicalFrame,
  type Frame,
  type FrameRow,
  makeFrame,
  type RateGroup,
  rateGroupOf,
} from '@bangfu/domain/evaluation/frame';
import { businessDay } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/data/sql';

/** The frame of an evaluation as its rows stand now. */
export async function loadFrame(sql: Sql, evaluation: Pick<Shown, 'id' | 'frameDate'>): Promise<Frame> {
  const rows = await sql.query<FrameRow>(
    `SELECT household_number AS "householdNumber", village_code AS village, stratum, persons, status
     FROM frame_row WHERE evaluation_id = $1::uuid`,
    [evaluation.id],
  );
  return makeFrame(businessDay(evaluation.frameDate), rows);
}

interface RegisterRow {
  readonly householdNumber: string;
  readonly monitored: boolean;
  readonly category: string | null;
  readonly mainCause: string | null;
  readonly perCapitaIncomeFen: number | null;
}

/**
 * SHA-256 over the register values sealed with a frame, in hex: RFC 8785 JSON of their format and the households in the
 * order of their numbers. Null for a frame of an earlier release, which sealed none.
 */
export async function registerHash(sql: Sql, evaluationId: string): Promise<string | null> {
  const rows = await sql.query<RegisterRow>(
    `SELECT category, household_number AS "householdNumber", main_cause AS "mainCause", monitored,
       per_capita_income_fen::float8 AS "perCapitaIncomeFen"
     FROM frame_register WHERE evaluation_id = $1::uuid ORDER BY household_number`,
    [evaluationId],
  );
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
export async function loadGroups(sql: Sql, evaluationId: string): Promise<Map<string, RateGroup | null>> {
  const rows = await sql.query<Pick<FrameRow, 'householdNumber' | 'stratum' | 'status'>>(
    `SELECT f.household_number AS "householdNumber", f.stratum, f.status
     FROM sample_row s JOIN frame_row f USING (evaluation_id, household_number) WHERE s.evaluation_id = $1::uuid`,
    [evaluationId],
  );
  return new Map(rows.map((row) => [row.householdNumber, rateGroupOf(row)]));
}

/** The frame's published hash: SHA-256 of its canonical text, in hex. */
export const frameHash = (frame: Frame): string => createHash('sha256').update(canonicalFrame(frame)).digest('hex');
