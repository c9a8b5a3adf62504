import type { Participation } from '@bangfu/contracts/training/satisfaction';
import type { ReadSql, Transaction } from '@bangfu/data/typed-sql';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { demandRating } from '@bangfu/domain/training/satisfaction';
import { attendedOf, lastSession } from '../../db/session-counts.ts';
import type { Tables } from '../../operations.ts';

/** A participation with what the rule of rating looks at. */
interface StoredParticipation extends Participation {
  readonly classId: string;
  readonly countyCode: string;
  readonly householdId: string;
  readonly withdrawnOn: string | null;
  readonly attended: number;
  readonly lastSession: string;
}

/** As many as a household's members take in a life. */
const MOST = 200;

/** Participations of `enrolment e`, the latest class first. */
export const participations = (read: ReadSql<Tables>) =>
  read
    .selectFrom('enrolment as e')
    .innerJoin('training_class as c', 'c.id', 'e.class_id')
    .innerJoin('course as k', 'k.id', 'c.course_id')
    .innerJoin('provider as p', 'p.id', 'c.provider_id')
    .leftJoin('satisfaction_answer as n', 'n.enrolment_id', 'e.id')
    .orderBy('c.begins', 'desc')
    .orderBy('e.person_name')
    .orderBy('e.id')
    .limit(MOST)
    .select(['e.id as enrolmentId', 'e.class_id as classId', 'e.county_code as countyCode'])
    .select(['e.household_id as householdId', 'e.person_name as personName', 'e.withdrawn_on as withdrawnOn'])
    .select(['c.name as className', 'k.name as courseName', 'p.name as providerName', 'c.begins', 'c.ends', 'n.score'])
    .select((eb) => [attendedOf(eb).as('attended'), lastSession(eb).as('lastSession')]);

/** @throws DomainError of demandRating */
export function demandRatable({ withdrawnOn, attended, score, ...stored }: StoredParticipation, now: Date): void {
  const facts = { withdrawn: withdrawnOn !== null, attended, rated: score !== null };
  demandRating(facts, businessDay(stored.lastSession), businessDayOf(now));
}

/** A participation as the contract shows it. */
export function toParticipation(stored: StoredParticipation): Participation {
  const {
    classId: _class,
    countyCode: _county,
    householdId: _household,
    withdrawnOn: _left,
    attended: _came,
    lastSession: _last,
    ...shown
  } = stored;
  return shown;
}

/** One participation, its enrolment locked until the transaction ends: two answers at once come one after the other. */
export async function lockParticipation(
  { sql }: Transaction<Tables>,
  enrolmentId: string,
): Promise<StoredParticipation | undefined> {
  await sql.selectFrom('enrolment').where('id', '=', enrolmentId).select('id').forUpdate().execute();
  return participations(sql).where('e.id', '=', enrolmentId).executeTakeFirst();
}

/** Keeps a participant's answer. */
export async function keepAnswer(
  { sql }: Transaction<Tables>,
  { enrolmentId, countyCode }: StoredParticipation,
  given: { readonly score: number; readonly by: 'account' | 'paper-code'; readonly now: Date },
): Promise<void> {
  await sql
    .insertInto('satisfaction_answer')
    .values({
      enrolment_id: enrolmentId,
      county_code: countyCode,
      score: given.score,
      given_by: given.by,
      answered_at: given.now.toISOString(),
    })
    .execute();
}
