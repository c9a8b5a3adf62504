import { createHash } from 'node:crypto';
import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import { canonicalFrame, type Frame, type FrameRow, makeFrame } from '@bangfu/domain/evaluation/frame';
import { businessDay } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/events/sql';

/** The frame of an evaluation as its rows stand now. */
export async function loadFrame(sql: Sql, evaluation: Pick<Shown, 'id' | 'frameDate'>): Promise<Frame> {
  const rows = await sql.query<FrameRow>(
    `SELECT household_number AS "householdNumber", village_code AS village, stratum, persons, status
     FROM frame_row WHERE evaluation_id = $1::uuid`,
    [evaluation.id],
  );
  return makeFrame(businessDay(evaluation.frameDate), rows);
}

/** The frame's published hash: SHA-256 of its canonical text, in hex. */
export const frameHash = (frame: Frame): string => createHash('sha256').update(canonicalFrame(frame)).digest('hex');
