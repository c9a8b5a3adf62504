import { call, type Connection } from '@bangfu/contracts/core/client';
import type { BodyOf } from '@bangfu/contracts/core/operation';
import {
  correctHousehold,
  getHousehold,
  getHouseholdFacts,
  listHouseholds,
} from '@bangfu/contracts/identification/households';
import { undoImport } from '@bangfu/contracts/identification/imports';
import { openPool, type Pool } from '@bangfu/data/pool';
import { householdRecorded } from '@bangfu/events/catalog/identification';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIdentification } from '../../../app.ts';
import { bring, bringRegions } from '../../../testing/rosters.ts';

const NUMBER = '21138210100001';
const BROUGHT_ON = '2026-03-01';

let world: TestService;
let office: Connection;
let database: Pool;
let importId: string;
let householdId: string;
let members: readonly { readonly id: string; readonly name: string }[];

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
  office = world.as('office', grant('county-office'));
  database = openPool(world.urls.app, 1);
  await bringRegions(office);
  world.setNow(new Date('2026-04-01T02:00:00Z'));
  const persons = [
    { number: NUMBER, person: 1, name: '甲一', income: '2100.00', later: { 与村主干路距离: '' } },
    { number: NUMBER, person: 3, name: '甲二', relation: '配偶' },
  ];
  importId = (await bring(office, persons, 'true', BROUGHT_ON)).id;
  const { rows } = await call(office, listHouseholds, { query: { search: NUMBER } });
  householdId = rows[0]?.id ?? '';
  ({ members } = await household());
});
afterAll(async () => {
  await database.end();
  await world.stop();
});

const household = (query: { asOf?: string; knownAt?: string } = {}) =>
  call(office, getHousehold, { params: { householdId }, query });
const broken = async () => (await household()).problems.map(({ ruleId }) => ruleId);
type Values = Readonly<Record<string, BodyOf<typeof correctHousehold>['changes'][number]['value']>>;
interface Given {
  readonly version?: number;
  readonly from?: string;
  readonly facts?: Values;
  readonly members?: readonly { readonly personId: string; readonly facts: Values }[];
}
const listed = (values: Values = {}, personId?: string) =>
  Object.entries(values).map(([fact, value]) => ({ fact, value, ...(personId && { personId }) }));
const correct = async ({ facts, members: people = [], ...given }: Given, as = office) =>
  call(as, correctHousehold, {
    params: { householdId },
    body: {
      version: (await household()).version,
      reason: '入户核实后更正',
      changes: [...listed(facts), ...people.flatMap((one) => listed(one.facts, one.personId))],
      ...given,
    },
  });
const refused = (body: Given, as = office) =>
  correct(body, as).then(
    () => 'done',
    ({ problem }) => problem.code,
  );
const income = async (times: { asOf?: string; knownAt?: string }) => (await household(times)).perCapitaIncomeFen;

describe('given a household of a roster', () => {
  it('when a fact was wrong, then it was never so, as known from now on; rules, events and the log hear of it', async () => {
    expect(await broken()).toContain('3_02_013');
    world.setNow(new Date('2026-04-10T02:00:00Z'));
    const facts = { perCapitaIncome: 300_000, roadDistance: 1.5, mainCause: 'illness' };
    const done = await correct({ facts });
    expect(done.changes.map(({ fact }) => fact).sort()).toEqual(Object.keys(facts).sort());
    const now = await household();
    expect(now).toMatchObject({ perCapitaIncomeFen: 300_000, mainCause: 'illness', version: done.version });
    expect(await broken()).not.toContain('3_02_013');
    expect(await income({ asOf: BROUGHT_ON })).toBe(300_000);
    expect(await income({ asOf: BROUGHT_ON, knownAt: '2026-04-09T00:00:00Z' })).toBe(210_000);
    const told = await database.query(
      `SELECT data FROM platform.outbox_event WHERE type = $1 AND key = $2 ORDER BY sequence DESC LIMIT 1`,
      [householdRecorded.type, householdId],
    );
    expect(told.rows[0]?.data).toMatchObject({ mainCause: 'illness', perCapitaIncomeFen: 300_000 });
    const audit = await database.query(
      `SELECT change FROM platform.audit_entry WHERE action = 'identification.household.corrected'`,
    );
    expect(audit.rows[0]?.change).toMatchObject({ from: BROUGHT_ON, reason: '入户核实后更正' });
  });

  it('when a fact is another from a day on, then it is that from the day on only', async () => {
    world.setNow(new Date('2026-05-01T02:00:00Z'));
    await correct({ from: '2026-04-20', facts: { perCapitaIncome: 500_000 } });
    expect(await income({})).toBe(500_000);
    expect(await income({ asOf: '2026-04-19' })).toBe(300_000);
    expect(await income({ asOf: '2026-04-20' })).toBe(500_000);
  });

  it('when the head’s name is corrected, then the household has it too, and the member is shown with it', async () => {
    await correct({ members: [{ personId: members[0]?.id ?? '', facts: { name: '甲　乙一', education: 'primary' } }] });
    const { headName, members: now } = await household();
    const [last] = (await household()).timeline;
    expect(last).toMatchObject({ title: '农户档案更正', detail: 'office：入户核实后更正' });
    expect([headName, now[0]?.name, now[0]?.education]).toEqual(['甲 乙一', '甲 乙一', 'primary']);
    const before = await household({ knownAt: '2026-05-01T01:59:59Z' });
    expect([before.headName, before.members[0]?.name]).toEqual(['甲一', '甲一']);
  });

  it('when what can be corrected is sent back as it is read, then it changes nothing, of no fact', async () => {
    const {
      version,
      validFrom,
      facts,
      members: people,
    } = await call(office, getHouseholdFacts, {
      params: { householdId },
    });
    expect([validFrom, facts['perCapitaIncome'], people[0]?.facts['education']]).toEqual([
      '2026-04-20',
      500_000,
      'primary',
    ]);
    // Which a form asks to be filled can be empty in the register, and is not emptied again.
    const filled = (given: typeof facts) =>
      Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
    const members = people.map(({ personId, facts: own }) => ({ personId, facts: filled(own) }));
    expect(await refused({ version, facts: filled(facts), members })).toBe('CORRECTION_EMPTY');
  });

  it('when it says nothing new, too early, of somebody else or what is not corrected, then nothing is done', async () => {
    const { version } = await household();
    expect(await refused({ facts: { perCapitaIncome: 500_000 } })).toBe('CORRECTION_EMPTY');
    expect(await refused({ from: '2026-04-19', facts: { perCapitaIncome: 1 } })).toBe('DAY_TOO_EARLY');
    expect(await refused({ from: '2026-05-02', facts: { perCapitaIncome: 1 } })).toBe('DAY_TOO_LATE');
    expect(await refused({ members: [{ personId: householdId, facts: { name: '乙' } }] })).toBe('CORRECTION_PERSON');
    expect(await refused({ facts: { status: 'registered' } })).toBe('FACT_BY_ITSELF');
    expect(await refused({ version: version - 1, facts: { perCapitaIncome: 1 } })).toBe('CHANGED_MEANWHILE');
    const elsewhere = world.as('elsewhere', grant('village-officer', '211382102201'));
    expect(await refused({ version, facts: { perCapitaIncome: 1 } }, elsewhere)).toBe('NOT_FOUND');
    expect((await household()).version).toBe(version);
  });

  it('then the import is not undone, and an older file does not come before the correction', async () => {
    const undone = call(office, undoImport, { params: { importId }, body: {} });
    await expect(undone).rejects.toMatchObject({ problem: { code: 'IMPORT_BUILT_ON' } });
    const older = await bring(office, [{ number: NUMBER, person: 1, name: '甲一' }], 'true', '2026-04-19');
    expect(older.report?.households).toMatchObject({ change: 0, heldBack: 1 });
  });
});
