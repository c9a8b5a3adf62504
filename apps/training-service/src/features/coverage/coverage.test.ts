import { call, type Connection } from '@bangfu/contracts/core/client';
import { getCoverage } from '@bangfu/contracts/training/coverage';
import { ageOn, businessDay } from '@bangfu/domain/shared/time';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildTraining } from '../../app.ts';
import { newTestId } from '../../testing/register.ts';
import { AFTER, BEFORE, testSchool } from '../../testing/school.ts';

let world: TestService;
let office: Connection;
let classId: string;
let courseId: string;
let client: pg.Client;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'training', buildTraining);
  world.setNow(BEFORE);
  const school = await testSchool(world);
  office = school.office;
  const group = await school.openClass();
  classId = group.id;
  courseId = group.courseId;
  world.setNow(AFTER);
  client = new pg.Client({ connectionString: world.urls.app });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await world.stop(['enrolment.policy_id', 'certificate.policy_id']);
});

const MEMBER = fc.record({
  labour: fc.constantFrom('skilled', 'ordinary', 'weak', 'lost', 'none', null),
  sex: fc.constantFrom('male', 'female'),
  birthDate: fc.constantFrom(
    '1950-01-01',
    '1966-06-11',
    '1970-06-11',
    '1985-03-02',
    '2005-01-01',
    '2010-06-11',
    '2020-01-01',
  ),
  /** None, one that holds, one that was withdrawn. */
  certificate: fc.constantFrom('none', 'none', 'valid', 'withdrawn'),
  /** Still of the household, left or died since, or married into the next one with what they hold. */
  place: fc.constantFrom('here', 'here', 'here', 'gone', 'next'),
});
const HOUSEHOLD = fc.record({
  status: fc.constantFrom('none', 'registered', 'exited', 'returned'),
  monitored: fc.boolean(),
  withdrawn: fc.constantFrom(false, false, false, true),
  village: fc.constantFrom('201', '202'),
  members: fc.array(MEMBER, { maxLength: 4 }),
});
type Drawn = ReturnType<(typeof HOUSEHOLD)['generate']>['value'];

let townships = 100;
let serial = 0;

/** Writes a register of random households into a township of its own, with the certificates that were issued there. */
async function writeRegister(township: string, drawn: readonly Drawn[]) {
  const households = drawn.map((each) => ({
    ...each,
    id: newTestId(),
    now: [] as (Drawn['members'][number] & { personId: string })[],
  }));
  for (const [at, household] of households.entries()) {
    for (const member of household.members) {
      const personId = newTestId();
      const home = member.place === 'next' ? households[(at + 1) % households.length] : household;
      if (member.place !== 'gone') home?.now.push({ ...member, personId });
      if (member.certificate === 'none') continue;
      serial += 1;
      const enrolmentId = newTestId();
      const village = `${township}${household.village}`;
      await client.query(
        `INSERT INTO enrolment (id, county_code, class_id, person_id, person_name, household_id, household_number,
           village_code, village_name, township_name, enrolled_on)
         VALUES ($1, '211382000000', $2, $3, '学员', $4, $5, $6, '村', '镇', '2026-05-20')`,
        [enrolmentId, classId, personId, household.id, `H${serial}`, village],
      );
      await client.query(
        `INSERT INTO certificate (id, county_code, number, year, serial, class_id, enrolment_id, person_id, household_id,
           village_code, course_id, course_name, lessons, class_name, provider_name, begins, ends, person_name,
           household_number, village_name, township_name, mark, issued_on, withdrawn_on)
         VALUES ($1, '211382000000', $2::text, 2026, $3, $4, $5, $6, $7, $8, $9, '课', 1, '班', '校', '2026-06-01', '2026-06-10',
           '学员', $2::text, '村', '镇', 80, '2026-06-11', $10)`,
        [
          newTestId(),
          `N${serial}`,
          serial,
          classId,
          enrolmentId,
          personId,
          household.id,
          village,
          courseId,
          member.certificate === 'withdrawn' ? '2026-06-11' : null,
        ],
      );
    }
  }
  for (const { id, now, village, status, monitored, withdrawn } of households) {
    await client.query(
      `INSERT INTO platform.household_copy (id, county_code, number, village_code, village_name, township_name, head_name,
         status, monitored, member_count, members, withdrawn, heard_at)
       VALUES ($1::uuid, '211382000000', $1::uuid::text, $2, '村', '镇', '户主', $3, $4, $5, $6::jsonb, $7, now())`,
      [id, `${township}${village}`, status, monitored, now.length, JSON.stringify(now), withdrawn],
    );
  }
  return households;
}

describe('given random registers whose members learn, leave, die, marry and lose their strength', () => {
  it('when coverage is read, then it is what counting by hand finds', async () => {
    const today = businessDay('2026-06-11');
    await fc.assert(
      fc.asyncProperty(fc.array(HOUSEHOLD, { minLength: 1, maxLength: 12 }), async (drawn) => {
        townships += 1;
        const township = `211382${townships}`;
        const households = await writeRegister(township, drawn);
        const expected = { households: 0, skilled: 0 };
        for (const { status, monitored, withdrawn, now } of households) {
          if (withdrawn || (status === 'none' && !monitored)) continue;
          const canLabour = now.filter(({ labour }) => ['skilled', 'ordinary', 'weak'].includes(labour ?? ''));
          const ofAge = canLabour.filter(({ birthDate, sex }) => {
            const age = ageOn(businessDay(birthDate), today);
            return age >= 16 && age <= (sex === 'female' ? 55 : 60);
          });
          if (ofAge.length === 0) continue;
          expected.households += 1;
          if (canLabour.some(({ certificate }) => certificate === 'valid')) expected.skilled += 1;
        }
        const { total, villages } = await call(office, getCoverage, { query: { region: `${township}000` } });
        expect({ households: total.households, skilled: total.skilled }).toEqual(expected);
        const sum = (key: 'households' | 'skilled') => villages.reduce((all, each) => all + each[key], 0);
        expect({ households: sum('households'), skilled: sum('skilled') }).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('given a household monitored and never registered, when a member is certified, then it counts', async () => {
    townships += 1;
    const township = `211382${townships}`;
    const member = {
      labour: 'ordinary',
      sex: 'male',
      birthDate: '1985-03-02',
      certificate: 'valid',
      place: 'here',
    } as const;
    await writeRegister(township, [
      { status: 'none', monitored: true, withdrawn: false, village: '201', members: [member] },
      { status: 'none', monitored: false, withdrawn: false, village: '201', members: [member] },
    ]);
    const { total } = await call(world.as('leader', grant('county-leader')), getCoverage, {
      query: { region: `${township}000` },
    });
    expect(total).toEqual({ households: 1, skilled: 1, coverageBp: 10_000 });
  });
});
