import { call } from '@bangfu/contracts/core/client';
import { changeClass } from '@bangfu/contracts/training/classes';
import { enrolPerson, findLearners, listEnrolments, withdrawEnrolment } from '@bangfu/contracts/training/enrolments';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildTraining } from '../../app.ts';
import { household, member, newTestId, register, type TestHousehold, withdraw } from '../../testing/register.ts';
import { BEFORE, DURING, refusal, type TestSchool, testSchool } from '../../testing/school.ts';

let world: TestService;
let school: TestSchool;
const family = household('2113820010', [
  member('王福'),
  member('王小丫', { birthDate: '2012-01-01', sex: 'female', labour: 'none' }),
  member('王老爹', { birthDate: '1950-01-01', labour: 'weak' }),
  member('王无力', { labour: 'lost' }),
  member('王不明', { labour: null }),
]);
const general = household('2113820011', [member('李富')], { status: 'none' });
const exited = household('2113820012', [member('赵强'), member('赵妻', { sex: 'female' })], { status: 'exited' });
const elsewhere = household('2113820013', [member('孙远')], { villageCode: '211382104202' });

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'training', buildTraining);
  world.setNow(BEFORE);
  await register(world, [family, general, exited, elsewhere]);
  school = await testSchool(world);
});
afterAll(() => world.stop());

const learnersOf = (classId: string, search: string) =>
  call(school.village, findLearners, { params: { classId }, query: { search } });
const codeOf = async (work: Promise<unknown>) => (await refusal(work)).code;

describe('finding learners', () => {
  it('given a household number, then every member is shown with what stands against him, in words', async () => {
    const { id } = await school.openClass();
    const { rows } = await learnersOf(id, family.number);
    expect(rows.map(({ name, reasons }) => [name, reasons.map(({ code }) => code)])).toEqual([
      ['王福', []],
      ['王小丫', ['LEARNER_TOO_YOUNG', 'LEARNER_NO_LABOUR']],
      ['王老爹', ['LEARNER_TOO_OLD']],
      ['王无力', ['LEARNER_NO_LABOUR']],
      ['王不明', ['LEARNER_INCOMPLETE']],
    ]);
    expect(rows[2]?.reasons[0]?.message).toBe('年龄 76 岁，超过 60 岁');
  });

  it('given a name, then only members of the own village who bear it', async () => {
    const { id } = await school.openClass();
    expect((await learnersOf(id, '赵妻')).rows.map(({ name, headName }) => [name, headName])).toEqual([
      ['赵妻', '赵强'],
    ]);
    expect((await learnersOf(id, '孙远')).rows).toEqual([]);
    expect((await learnersOf(id, '李')).rows[0]?.reasons[0]?.code).toBe('LEARNER_NOT_TARGET');
  });
});

describe('enrolling', () => {
  it.each([
    ['a child', family, 1, 'LEARNER_TOO_YOUNG'],
    ['an old man', family, 2, 'LEARNER_TOO_OLD'],
    ['one who lost his ability to labour', family, 3, 'LEARNER_NO_LABOUR'],
    ['one the register knows too little of', family, 4, 'LEARNER_INCOMPLETE'],
    ['a member of a general household', general, 0, 'LEARNER_NOT_TARGET'],
  ] as const)('refuses %s', async (_what, of: TestHousehold, at: number, code: string) => {
    const { id } = await school.openClass();
    const answer = await refusal(school.enrol(id, of, at));
    expect(answer).toMatchObject({ status: 422, code });
    expect(answer.title).not.toBe(code);
    expect((await call(school.village, listEnrolments, { params: { classId: id } })).rows).toEqual([]);
  });

  it('refuses a person of another village as if there were none', async () => {
    const { id } = await school.openClass();
    expect(await refusal(school.enrol(id, elsewhere))).toMatchObject({ status: 404 });
    const township = world.as('township', grant('township-officer', '211382104000'));
    expect((await school.enrol(id, elsewhere, 0, township)).personName).toBe('孙远');
    expect((await call(school.village, listEnrolments, { params: { classId: id } })).rows).toEqual([]);
    const body = { householdId: newTestId(), personId: newTestId() };
    expect(await refusal(call(township, enrolPerson, { params: { classId: id }, body }))).toMatchObject({
      status: 404,
    });
    const { rows } = await call(township, listEnrolments, { params: { classId: id } });
    await call(township, withdrawEnrolment, {
      params: { enrolmentId: rows[0]?.id ?? '' },
      body: { reason: '改期', version: 1 },
    });
  });

  it('given a person in the class, then he is refused a second time, in an overlapping class and in the same course', async () => {
    const { id } = await school.openClass();
    const other = await testSchool(world);
    const overlapping = await other.openClass();
    const later = await school.openClass({ begins: '2026-05-25', ends: '2026-06-20' });
    const enrolment = await school.enrol(id, family);
    expect(enrolment).toMatchObject({ personName: '王福', householdNumber: family.number, enrolledOn: '2026-05-20' });
    expect(await codeOf(school.enrol(id, family))).toBe('ENROLMENT_TWICE');
    expect(await codeOf(school.enrol(overlapping.id, family))).toBe('CLASS_OVERLAPS');
    expect(await codeOf(school.enrol(later.id, family))).toBe('CLASS_OVERLAPS');
    const { rows } = await learnersOf(overlapping.id, '王福');
    expect(rows[0]?.reasons.map(({ code }) => code)).toEqual(['CLASS_OVERLAPS']);
    const gone = await call(school.village, withdrawEnrolment, {
      params: { enrolmentId: enrolment.id },
      body: { reason: '外出务工', version: enrolment.version },
    });
    expect(gone.withdrawnOn).toBe('2026-05-20');
    const back = await school.enrol(overlapping.id, family);
    expect(back.withdrawnOn).toBeNull();
    await call(school.village, withdrawEnrolment, {
      params: { enrolmentId: back.id },
      body: { reason: '改期', version: back.version },
    });
  });

  it('given one place, when two take it at the same moment, then one has it and the other is told it is full', async () => {
    const { id, version, ...was } = await school.openClass({ capacity: 1 });
    const both = await Promise.allSettled([school.enrol(id, exited, 0), school.enrol(id, exited, 1)]);
    const [lost] = both.filter((each) => each.status === 'rejected');
    expect(both.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    expect(await codeOf(Promise.reject(lost?.reason))).toBe('CLASS_FULL');
    const { name, providerId, place, begins, ends } = was;
    const change = (capacity: number, at: number) =>
      call(school.office, changeClass, {
        params: { classId: id },
        body: { name, providerId, place, begins, ends, capacity, version: at },
      });
    expect((await change(2, version)).capacity).toBe(2);
    expect(await refusal(change(3, version))).toMatchObject({ status: 409, code: 'CHANGED_MEANWHILE' });
    const { rows } = await call(school.village, listEnrolments, { params: { classId: id } });
    const second = rows[0]?.personName === '赵强' ? 1 : 0;
    await school.enrol(id, exited, second);
    expect(await codeOf(change(1, version + 1))).toBe('CAPACITY_BELOW_ENROLLED');
  });

  it('given a household that is watched against poverty and was never poor, then its members may take part', async () => {
    const watched = household('2113820014', [member('钱险')], { monitored: true, status: 'none' });
    await register(world, [watched]);
    const { id } = await school.openClass();
    expect((await school.enrol(id, watched)).personName).toBe('钱险');
  });

  it('given an enrolment, when the undo of an import withdraws the household, then the place is free and it is audited', async () => {
    const gone = household('2113820015', [member('冯去')]);
    await register(world, [gone]);
    const { id } = await school.openClass({ capacity: 1 });
    const enrolment = await school.enrol(id, gone);
    await withdraw(world, [gone], BEFORE);
    const { rows } = await call(school.office, listEnrolments, { params: { classId: id } });
    expect(rows.map((row) => [row.id, row.withdrawnOn !== null])).toEqual([[enrolment.id, true]]);
    const { Client } = (await import('pg')).default;
    const client = new Client({ connectionString: world.urls.migrator });
    await client.connect();
    const audit = await client.query(
      `SELECT account_name, action, change->'after'->>'reason' AS reason FROM platform.audit_entry
       WHERE record_id = $1 AND account_id = 'system'`,
      [enrolment.id],
    );
    await client.end();
    expect(audit.rows).toEqual([
      { account_name: '系统', action: 'training.person.withdrawn', reason: '农户登记已撤回' },
    ]);
  });

  it('given the class has begun, then nobody enrols any more', async () => {
    const { id } = await school.openClass();
    world.setNow(DURING);
    expect(await codeOf(school.enrol(id, family))).toBe('CLASS_BEGUN');
    world.setNow(BEFORE);
  });
});
