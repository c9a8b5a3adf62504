import type { EveryService } from '@bangfu/contracts/core/every-service';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/events/sql';
import { type Caller, regionPrefixes } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { likeAny } from '@bangfu/service-kit/db/scope';
import type { Training } from '../../db/client.ts';
import { readCoverage } from '../../db/read-coverage.ts';

interface Counts {
  readonly classes: number;
  readonly persons: number;
  readonly present: number;
  readonly marked: number;
  readonly certificates: number;
}

/**
 * This service's figures within the caller's scope. Classes: the county's, or for a smaller scope those with learners
 * from it. Persons: each once, however many classes. Attendance: signs of presence ÷ marks entered, rounded down.
 */
export async function readHome(
  service: Training,
  caller: Caller,
  now: Date,
): Promise<AnswerInputOf<EveryService['getHome']>> {
  const sql = pgSql(readsOf(service, caller));
  const patterns = likeAny(regionPrefixes(caller));
  const [counts] = await sql.query<Counts>(
    `WITH learner AS (SELECT * FROM enrolment WHERE village_code LIKE ANY ($1::text[]) AND withdrawn_on IS NULL),
       sign AS (SELECT a.mark FROM attendance a JOIN learner e ON e.id = a.enrolment_id
         JOIN class_session s ON s.id = a.session_id WHERE s.cancelled IS NULL)
     SELECT (SELECT count(*) FROM training_class c WHERE c.county_code LIKE ANY ($1::text[])
          OR EXISTS (SELECT 1 FROM learner e WHERE e.class_id = c.id)) AS classes,
       (SELECT count(DISTINCT person_id) FROM learner) AS persons,
       (SELECT count(*) FROM sign WHERE mark = 'present') AS present, (SELECT count(*) FROM sign) AS marked,
       (SELECT count(*) FROM certificate WHERE village_code LIKE ANY ($1::text[]) AND withdrawn_on IS NULL) AS certificates`,
    [patterns],
  );
  const { classes, persons, present, marked, certificates } = counts ?? NOTHING;
  const { total } = await readCoverage(sql, patterns, businessDayOf(now));
  return {
    asOf: now.toISOString(),
    figures: [
      { key: 'classes', value: classes, unit: 'item' },
      { key: 'enrolledPersons', value: persons, unit: 'person' },
      // A rate of nothing is not shown as zero.
      ...(marked === 0
        ? []
        : [{ key: 'attendanceRate', value: Math.floor((present * 10_000) / marked), unit: 'basis-point' as const }]),
      { key: 'certificates', value: certificates, unit: 'item' },
      ...(total.coverageBp === null
        ? []
        : [{ key: 'skillCoverage', value: total.coverageBp, unit: 'basis-point' as const }]),
    ],
  };
}

const NOTHING: Counts = { classes: 0, persons: 0, present: 0, marked: 0, certificates: 0 };
