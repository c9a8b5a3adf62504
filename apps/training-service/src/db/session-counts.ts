/** The day of the last session of a class `c` that was not cancelled, else the last day of the class. */
export const LAST_SESSION = `coalesce((SELECT max(s.day) FROM class_session s
  WHERE s.class_id = c.id AND s.cancelled IS NULL), c.ends)::text`;

/** How many of the sessions that were not cancelled the learner of `enrolment e` came to. */
export const ATTENDED = `(SELECT count(*) FROM attendance a JOIN class_session s ON s.id = a.session_id
  WHERE a.enrolment_id = e.id AND a.mark = 'present' AND s.cancelled IS NULL)::int`;
