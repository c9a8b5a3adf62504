/** A session as lists show it, over `class_session s`. */
export const SESSION_COLUMNS = `s.id::text AS id, s.class_id::text AS "classId", s.day::text AS day, s.starts_at AS "startsAt",
  s.ends_at AS "endsAt", s.place, s.topic, s.cancelled, s.version,
  (SELECT count(*) FILTER (WHERE a.mark = 'present') FROM attendance a WHERE a.session_id = s.id)::int AS present,
  (SELECT count(*) FROM attendance a WHERE a.session_id = s.id)::int AS marked`;
