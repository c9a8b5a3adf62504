import { LEARNERS } from '@bangfu/contracts/training/policies';
import { policyOn } from '@bangfu/platform/policy/policy-on';
import { createHash } from 'node:crypto';
import { ineligible } from '@bangfu/domain/training/enrolment';
import type { Grant } from '@bangfu/domain/shared/roles';
import { addDays, type BusinessDay, businessDayOf, startOfDay } from '@bangfu/domain/shared/time';
import { typedSql } from '@bangfu/data/typed-sql';
import type { Actor } from '@bangfu/platform/db/command';
import type { HouseholdCopy, MemberCopy } from '@bangfu/platform/household-copy/household-copy';
import { householdCopies } from '@bangfu/platform/household-copy/table';
import type { DemoGiven, DemoScopes, ServiceKit } from '@bangfu/platform/service';
import { sql } from 'kysely';
import { recordAttendance } from '../features/attendance/record-attendance/record-attendance.ts';
import { getSheet } from '../features/attendance/sheet.repository.ts';
import { issueCertificates } from '../features/certificates/issue-certificates/issue-certificates.ts';
import { createClass } from '../features/classes/create-class/create-class.ts';
import { createCourse } from '../features/courses/create-course/create-course.ts';
import { enrolPerson } from '../features/enrolments/enrol-person/enrol-person.ts';
import { findEnrolments } from '../features/enrolments/enrolment.repository.ts';
import { learnerOf } from '../features/enrolments/learner.ts';
import { recordResults } from '../features/enrolments/record-results/record-results.ts';
import { createProvider } from '../features/providers/create-provider/create-provider.ts';
import { readAs, type Tables } from '../operations.ts';
import { DEMO_CLASSES, DEMO_COURSES, DEMO_PROVIDERS, type DemoClass } from './plan.ts';

/** Nine in the morning: an office's hour. */
const MORNING_MS = 9 * 3_600_000;
type DemoActor = Actor & { readonly language: 'zh' };

interface Candidate {
  readonly household: HouseholdCopy;
  readonly member: MemberCopy;
}

/**
 * Makes the demo's training: classes that have ended with certificates, one whose certificates wait, one that runs
 * and one that fills. The training provider's account speaks for the first provider.
 */
export async function makeDemo(service: ServiceKit, given: DemoGiven): Promise<DemoScopes> {
  const { countyCode } = given;
  const today = businessDayOf(given.today);
  const regional = (code: string, role: 'county-office' | 'township-officer'): Grant => ({
    role,
    scope: { kind: 'region', code },
  });
  const office = (day: BusinessDay) =>
    actor(
      given,
      given.accounts['county'] ?? { id: 'demo-county', name: '县扶贫办' },
      regional(countyCode, 'county-office'),
      day,
    );
  const start = addDays(today, -160);
  const providers = [];
  for (const body of DEMO_PROVIDERS) providers.push(await createProvider.run(service, office(start), { body }));
  const courses = new Map<string, string>();
  for (const body of DEMO_COURSES)
    courses.set(body.name, (await createCourse.run(service, office(start), { body })).id);

  const pool = await candidates(service, countyCode, today);
  let taken = 0;
  for (const [at, plan] of DEMO_CLASSES.entries()) {
    const provider = providers[plan.provider];
    const courseId = courses.get(plan.course);
    if (!provider || !courseId) throw new Error(`the demo's plan names what it does not make: ${plan.course}`);
    const share = Math.min(plan.learners, Math.floor(pool.length / DEMO_CLASSES.length));
    const learners = pool.slice(taken, taken + share);
    taken += share;
    const teacherAccount = (plan.provider === 0 ? given.accounts['trainer'] : undefined) ?? {
      id: `demo-${provider.id}`,
      name: provider.name,
    };
    const held: Grant = { role: 'training-provider', scope: { kind: 'provider', id: provider.id } };
    await makeClass(service, plan, {
      today,
      name: `${plan.course} ${given.today.getUTCFullYear()} 年第 ${at + 1} 期`,
      courseId,
      providerId: provider.id,
      learners,
      office,
      teacher: (day) => actor(given, teacherAccount, held, day),
      township: ({ household }, day) => {
        const code = `${household.villageCode.slice(0, 9)}000`;
        const account = { id: `demo-township-${code}`, name: `${household.townshipName}业务员` };
        return actor(given, account, regional(code, 'township-officer'), day);
      },
    });
  }
  const first = providers[0];
  return first ? { trainer: { kind: 'provider', id: first.id } } : {};
}

/** An account on a morning of the demo's history. */
function actor(
  { countyCode }: DemoGiven,
  account: { readonly id: string; readonly name: string },
  grant: Grant,
  day: BusinessDay,
): DemoActor {
  const grants = [grant];
  return {
    caller: { ...account, countyCode, grants, usable: grants, address: 'demo', requestId: 'demo' },
    now: new Date(startOfDay(day).getTime() + MORNING_MS),
    language: 'zh',
  };
}

/** One eligible member a household, of households in an order that mixes the villages and is always the same. */
async function candidates(service: ServiceKit, countyCode: string, today: BusinessDay): Promise<Candidate[]> {
  const read = typedSql<Tables>(service.pool);
  const households = await householdCopies(read)
    .where('h.county_code', '=', countyCode)
    .where('h.status', '<>', 'none')
    .where((eb) => eb.or([eb('h.registered_on', 'is', null), eb('h.registered_on', '<=', addDays(today, -160))]))
    .orderBy((eb) => sql`md5(${eb.ref('h.number')})`)
    .orderBy('h.id')
    .limit(500)
    .execute();
  // Those that are of age on the first and on the last class' day are so on every day between.
  const days = [addDays(today, -160), addDays(today, 30)];
  const policy = await policyOn(read, countyCode, LEARNERS, today);
  return households.flatMap((household) => {
    const member = household.members.find((each) => {
      const learner = learnerOf(household, each);
      return learner && days.every((day) => ineligible(learner, day, policy.value).length === 0);
    });
    return member ? [{ household, member }] : [];
  });
}

async function makeClass(
  service: ServiceKit,
  plan: DemoClass,
  as: {
    readonly today: BusinessDay;
    readonly name: string;
    readonly courseId: string;
    readonly providerId: string;
    readonly learners: readonly Candidate[];
    readonly office: (day: BusinessDay) => DemoActor;
    readonly teacher: (day: BusinessDay) => DemoActor;
    readonly township: (of: Candidate, day: BusinessDay) => DemoActor;
  },
): Promise<void> {
  const begins = addDays(as.today, plan.begins);
  const ends = addDays(begins, plan.lasts - 1);
  const sessions = Array.from({ length: Math.ceil(plan.lasts / 2) }, (_, at) => ({
    day: addDays(begins, at * 2),
    startsAt: '08:30',
    endsAt: '11:30',
    place: plan.place,
    topic: '',
  }));
  const { name, courseId, providerId } = as;
  const { place, capacity } = plan;
  const announced = addDays(begins, -20);
  const body = { name, courseId, providerId, place, begins, ends, capacity, sessions };
  const group = await createClass.run(service, as.office(announced), { body });
  for (const learner of as.learners) {
    const { household, member } = learner;
    await enrolPerson.run(service, as.township(learner, addDays(announced, 3)), {
      params: { classId: group.id },
      body: { householdId: household.id, personId: member.personId },
    });
  }
  if (plan.until === 'enrolment' || as.learners.length === 0) return;

  // The session of the day itself still waits for its roll.
  for (const session of group.sessionList.filter(({ day }) => day < as.today)) {
    const teacher = as.teacher(session.day as BusinessDay);
    const sheet = await getSheet(readAs(service, teacher.caller), teacher.caller, session.id);
    const marks = sheet.rows.map(({ enrolmentId, householdNumber }) => ({
      enrolmentId,
      mark: signOf(householdNumber, session.day),
    }));
    await recordAttendance.run(service, teacher, {
      params: { sessionId: session.id },
      body: { version: sheet.session.version, marks },
    });
  }
  if (plan.until === 'attendance') return;

  const judged = as.teacher(addDays(ends, 1));
  const rows = await findEnrolments(readAs(service, judged.caller), judged.caller, {
    classId: group.id,
    now: judged.now,
    language: 'zh',
  });
  const results = rows.map(({ id, version, householdNumber }) => ({
    enrolmentId: id,
    mark: 52 + (chance('mark', householdNumber) % 48),
    version,
  }));
  await recordResults.run(service, judged, { params: { classId: group.id }, body: { results } });
  if (plan.until === 'results') return;
  await issueCertificates.run(service, as.office(addDays(ends, 5)), {
    params: { classId: group.id },
    body: { enrolmentIds: rows.map(({ id }) => id) },
  });
}

/** A number below 10 000 that is always the same for a household and a purpose. */
function chance(purpose: string, householdNumber: string): number {
  return createHash('sha256').update(`${purpose}/${householdNumber}`).digest().readUInt32BE() % 10_000;
}

/** Most learners come nearly always, a few hardly ever. */
function signOf(householdNumber: string, day: string): 'present' | 'absent' | 'excused' {
  const careless = chance('careless', householdNumber) < 1_000;
  const luck = chance(day, householdNumber);
  if (luck < (careless ? 5_000 : 9_500)) return 'present';
  return luck % 2 === 0 ? 'excused' : 'absent';
}
