import { countOf } from '@bangfu/data/count-of';
import type { ExpressionBuilder } from 'kysely';
import type { Tables } from '../operations.ts';

/** The day of the last session of a class `c` that was not cancelled, else the last day of the class. */
export const lastSession = (eb: ExpressionBuilder<Tables & { c: Tables['training_class'] }, 'c'>) =>
  eb.fn.coalesce(
    eb
      .selectFrom('class_session as s')
      .whereRef('s.class_id', '=', 'c.id')
      .where('s.cancelled', 'is', null)
      .select((s) => s.fn.max('s.day').as('day'))
      .$asScalar(),
    eb.ref('c.ends'),
  );

/** How many of the sessions that were not cancelled the learner of `enrolment e` came to. */
export const attendedOf = (eb: ExpressionBuilder<Tables & { e: Tables['enrolment'] }, 'e'>) =>
  countOf(
    eb
      .selectFrom('attendance as a')
      .innerJoin('class_session as s', 's.id', 'a.session_id')
      .whereRef('a.enrolment_id', '=', 'e.id')
      .where('a.mark', '=', 'present')
      .where('s.cancelled', 'is', null),
  );

/** How many sessions of a class `c` were not cancelled. */
export const sessionsOf = (eb: ExpressionBuilder<Tables & { c: Tables['training_class'] }, 'c'>) =>
  countOf(eb.selectFrom('class_session as s').whereRef('s.class_id', '=', 'c.id').where('s.cancelled', 'is', null));

/** How many certificates of a class `c` are valid. */
export const certificatesOf = (eb: ExpressionBuilder<Tables & { c: Tables['training_class'] }, 'c'>) =>
  countOf(eb.selectFrom('certificate as t').whereRef('t.class_id', '=', 'c.id').where('t.withdrawn_on', 'is', null));

/** Whether the learner of `enrolment e` has a valid certificate. */
export const hasCertificate = (eb: ExpressionBuilder<Tables & { e: Tables['enrolment'] }, 'e'>) =>
  eb
    .exists(
      eb
        .selectFrom('certificate as t')
        .whereRef('t.enrolment_id', '=', 'e.id')
        .where('t.withdrawn_on', 'is', null)
        .select('t.id'),
    )
    .$castTo<boolean>();
