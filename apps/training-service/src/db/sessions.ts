import { countOf } from '@bangfu/data/count-of';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { ExpressionBuilder } from 'kysely';
import type { Tables } from '../operations.ts';

const marksOf = (eb: ExpressionBuilder<Tables & { s: Tables['class_session'] }, 's'>) =>
  eb.selectFrom('attendance as a').whereRef('a.session_id', '=', 's.id');

/** Sessions `s` with their class `c`, as lists show them. */
export const classSessions = (read: ReadSql<Tables>) =>
  read
    .selectFrom('class_session as s')
    .innerJoin('training_class as c', 'c.id', 's.class_id')
    .select(['s.id', 's.class_id as classId', 's.day', 's.starts_at as startsAt', 's.ends_at as endsAt'])
    .select(['s.place', 's.topic', 's.cancelled', 's.version'])
    .select((eb) => [
      countOf(marksOf(eb).where('a.mark', '=', 'present')).as('present'),
      countOf(marksOf(eb)).as('marked'),
    ]);
