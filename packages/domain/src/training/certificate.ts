import { demand } from '../shared/errors.ts';
import { checkDigit } from '../shared/id-number.ts';
import { typedKey } from '../shared/typed-number.ts';
import { type BusinessDay, businessDayOf } from '../shared/time.ts';
import { demandPresent, hasAttendedEnough } from './enrolment.ts';
import type { CertificatePolicy } from './policy.ts';
import { demandNotCancelled } from './schedule.ts';

/** A session of a class; cancelled ones do not count. */
export interface Session {
  readonly id: string;
  readonly day: BusinessDay;
  readonly cancelled?: boolean;
}

/** One person's sign in a session: `absent` and `excused` both count as not attended. */
export interface Attendance {
  readonly sessionId: string;
  readonly personId: string;
  readonly mark: 'present' | 'absent' | 'excused';
}

/** Demands that a session was held by a day. @throws DomainError SESSION_CANCELLED, SESSION_IN_FUTURE */
export function demandHeld(
  session: { readonly day: BusinessDay; readonly cancelled: boolean },
  today: BusinessDay,
): void {
  demandNotCancelled(session);
  demand(session.day <= today, 'SESSION_IN_FUTURE', { day: session.day });
}

/**
 * Checks a sheet of attendance before it is recorded.
 * @throws DomainError SESSION_UNKNOWN, SESSION_CANCELLED, SESSION_IN_FUTURE, ATTENDANCE_NOT_ENROLLED, ATTENDANCE_TWICE.
 */
export function checkAttendance(
  sheet: readonly Attendance[],
  sessions: readonly Session[],
  enrolled: ReadonlySet<string>,
  now: Date,
): void {
  const byId = new Map(sessions.map((s) => [s.id, s]));
  const seen = new Set<string>();
  for (const { sessionId, personId } of sheet) {
    const session = byId.get(sessionId);
    demand(session, 'SESSION_UNKNOWN');
    demandHeld({ day: session.day, cancelled: session.cancelled === true }, businessDayOf(now));
    demand(enrolled.has(personId), 'ATTENDANCE_NOT_ENROLLED');
    const key = JSON.stringify([sessionId, personId]);
    demand(!seen.has(key), 'ATTENDANCE_TWICE');
    seen.add(key);
  }
}

/** Sessions held and attended by a person. */
export function attended(personId: string, sessions: readonly Session[], sheet: readonly Attendance[]) {
  const held = new Set(sessions.filter((s) => !s.cancelled).map((s) => s.id));
  const there = new Set(
    sheet
      .filter((a) => a.personId === personId && a.mark === 'present' && held.has(a.sessionId))
      .map((a) => a.sessionId),
  );
  return { held: held.size, attended: there.size };
}

/**
 * Grants or refuses the certificate after the last session.
 * @throws DomainError CLASS_NOT_OVER, CERTIFICATE_ATTENDANCE, CERTIFICATE_NOT_ASSESSED, CERTIFICATE_NOT_PASSED,
 * CERTIFICATE_EXISTS, CERTIFICATE_OF_COURSE.
 */
export function demandCertificate(
  learner: {
    readonly held: number;
    readonly attended: number;
    /** Points of 100. */
    readonly mark?: number;
    readonly hasCertificate: boolean;
    /** The number of a valid certificate of the same course, from another class. */
    readonly courseCertificate: string | null;
  },
  lastSession: BusinessDay,
  now: Date,
  policy: CertificatePolicy,
): void {
  demand(businessDayOf(now) >= lastSession, 'CLASS_NOT_OVER', { day: lastSession });
  demand(!learner.hasCertificate, 'CERTIFICATE_EXISTS');
  demand(learner.courseCertificate === null, 'CERTIFICATE_OF_COURSE', { number: learner.courseCertificate ?? '' });
  demand(hasAttendedEnough(learner, policy), 'CERTIFICATE_ATTENDANCE', {
    attended: learner.attended,
    held: learner.held,
    least: policy.minAttendanceBp / 100,
  });
  demand(learner.mark !== undefined, 'CERTIFICATE_NOT_ASSESSED');
  demand(learner.mark >= policy.passMark, 'CERTIFICATE_NOT_PASSED', { mark: learner.mark, least: policy.passMark });
}

/**
 * The same, issued by somebody: who entered the result is not who issues (separation of duties).
 * @throws DomainError ENROLMENT_MISSING, CERTIFICATE_OWN_RESULT and those of `demandCertificate`
 */
export function demandIssue(
  learner: Parameters<typeof demandCertificate>[0] & {
    readonly withdrawn: boolean;
    readonly markedBy: string | null;
  },
  issuer: string,
  ...rest: [lastSession: BusinessDay, now: Date, policy: CertificatePolicy]
): void {
  demandPresent(learner);
  demandCertificate(learner, ...rest);
  demand(learner.markedBy !== issuer, 'CERTIFICATE_OWN_RESULT');
}

/** What a certificate was given for is not changed under it. @throws DomainError CERTIFIED_ALREADY */
export function demandUncertified(learner: { readonly name: string; readonly hasCertificate: boolean }): void {
  demand(!learner.hasCertificate, 'CERTIFIED_ALREADY', { name: learner.name });
}

/**
 * Demands that results can be entered: on or after the last session's day, of somebody.
 * @throws DomainError CLASS_NOT_OVER, CLASS_NO_LEARNERS
 */
export function demandResults(
  group: { readonly lastSession: BusinessDay; readonly learners: number },
  today: BusinessDay,
): void {
  demand(today >= group.lastSession, 'CLASS_NOT_OVER', { day: group.lastSession });
  demand(group.learners > 0, 'CLASS_NO_LEARNERS');
}

/** Demands that a certificate is valid. @throws DomainError CERTIFICATE_WITHDRAWN */
export function demandValid(certificate: { readonly withdrawnOn: string | null }): void {
  demand(certificate.withdrawnOn === null, 'CERTIFICATE_WITHDRAWN');
}

const SERIAL_DIGITS = 6;

/** The check character over the 16 digits (ISO 7064 MOD 11-2, as on an ID number; a leading 0 does not change it). */
const checkOf = (digits: string) => checkDigit(`0${digits}`);

/**
 * A certificate's number: county (6 digits), year, serial of the county's year (6 digits) and check character, written
 * 211382-2026-000123-X. The check finds every single wrong character and every exchange of two neighbours.
 * @throws RangeError on a county, year or serial that does not fit.
 */
export function certificateNumber(county: string, year: number, serial: number): string {
  const digits = `${county}${year}${String(serial).padStart(SERIAL_DIGITS, '0')}`;
  const fits = /^\d{6}$/.test(county) && Number.isSafeInteger(serial) && serial > 0 && /^\d{16}$/.test(digits);
  if (!fits) throw new RangeError(`no certificate number: ${county} ${year} ${serial}`);
  return `${county}-${year}-${digits.slice(10)}-${checkOf(digits)}`;
}

/** Reads a number as typed, with or without hyphens and blanks; null when malformed or its check is wrong. */
export function readCertificateNumber(
  text: string,
): { readonly county: string; readonly year: number; readonly serial: number } | null {
  const match = /^(\d{6})(\d{4})(\d{6})([\dX])$/.exec(typedKey(text));
  if (!match) return null;
  const [, county = '', year = '', serial = '', check] = match;
  if (checkOf(county + year + serial) !== check || Number(serial) === 0) return null;
  return { county, year: Number(year), serial: Number(serial) };
}
