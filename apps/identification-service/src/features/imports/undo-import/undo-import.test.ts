import { randomUUID } from 'node:crypto';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { getQuality, listHouseholds } from '@bangfu/contracts/identification/households';
import { undoImport } from '@bangfu/contracts/identification/imports';
import { frameFrozen } from '@bangfu/events/catalog/evaluation';
import { contractListed, contractUnlisted, dividendConfirmed } from '@bangfu/events/catalog/industry';
import { householdPaired, householdReleased, visitMade } from '@bangfu/events/catalog/pairing';
import {
  certificateIssued,
  certificateWithdrawn,
  enrolmentMade,
  enrolmentWithdrawn,
} from '@bangfu/events/catalog/training';
import type { NewEvent } from '@bangfu/events/catalog/define';
import { envelopeText } from '@bangfu/events/envelope';
import { openTransport } from '@bangfu/events/transport';
import { newId } from '@bangfu/data/id';
import { openPool, type Pool } from '@bangfu/data/pool';
import { makeLog } from '@bangfu/platform/logging/log';
import { grant, type TestService, testService, until } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIdentification } from '../../../app.ts';
import { bring, bringRegions, type TestPerson } from '../../../testing/rosters.ts';
import type { KeptUse } from '../../../reactions/household-uses.ts';
import { HOUSEHOLD_COLUMNS } from '../../../register/columns.ts';
import { IMPORT_LOCK } from '../../../register/import-turn.ts';
import { USED_AS } from './touched.ts';

const COUNTY = '211382000000';

let world: TestService;
let office: Connection;
let database: Pool;
/** How much each topic has heard of a key. */
const told = new Map<string, number>();

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
  office = world.as('office', grant('county-office'));
  database = openPool(world.urls.app, 3);
  await bringRegions(office);
});
afterAll(async () => {
  await database.end();
  await world.stop();
});

const undo = (importId: string) => call(office, undoImport, { params: { importId }, body: {} });
const refusal = (code: string, detail = '') =>
  expect.objectContaining({ problem: expect.objectContaining({ code, detail: expect.stringContaining(detail) }) });

async function householdId(number: string): Promise<string> {
  const { rows } = await call(office, listHouseholds, { query: { search: number } });
  return rows[0]?.id ?? '';
}

/** Lets another service say something, and waits until it was heard. */
async function tell(source: string, event: NewEvent, heard: string): Promise<void> {
  const log = makeLog('test', 'silent');
  const given = { kind: 'embedded', databaseUrl: world.eventsUrl, brokers: '', clientId: 'test', log } as const;
  const transport = await openTransport(given);
  const line = `${event.topic} ${event.key}`;
  const sequence = (told.get(line) ?? 0) + 1;
  told.set(line, sequence);
  const value = envelopeText({
    source: `/bangfu/${source}`,
    type: event.type,
    key: event.key,
    countyCode: COUNTY,
    occurredAt: new Date(),
    id: newId(new Date()),
    sequence,
    data: JSON.stringify(event.data),
  });
  await transport.publish([{ topic: event.topic, key: event.key, value }]);
  await transport.close();
  await until(heard, async () => (await database.query(heard)).rows.length > 0);
}

describe('given imports that build on each other', () => {
  const number = '21138210100001';
  /** A road that is asked for and left empty breaks rule 3_02_013. */
  const person = (road: string): TestPerson => ({ number, person: 1, name: '甲一', later: { 与村主干路距离: road } });

  it('when the later ones are undone first, then the earlier ones can be, and the rules speak of what stands again', async () => {
    const road = async () =>
      (await database.query(`SELECT road_distance AS road FROM household WHERE number = $1`, [number])).rows[0]?.road;
    const broken = async () => (await call(office, getQuality, {})).rules.map(({ ruleId }) => ruleId);
    const first = await bring(office, [person('1.5')]);
    const second = await bring(office, [person('')]);
    expect([await road(), await broken()]).toEqual([null, ['3_02_013']]);
    const third = await bring(office, [person('2')]);
    expect([await road(), await broken()]).toEqual([2, []]);

    await expect(undo(first.id)).rejects.toEqual(refusal('IMPORT_BUILT_ON', '1 户之后又修改过'));
    await undo(third.id);
    expect([await road(), await broken()]).toEqual([null, ['3_02_013']]);
    await undo(second.id);
    expect([await road(), await broken()]).toEqual([1.5, []]);
    expect(await undo(first.id)).toEqual({ undone: true });
    expect(await householdId(number)).toBe('');
  });

  it('when another import is being worked on, then an undo waits for it, and changes nothing behind its back', async () => {
    const { id } = await bring(office, [person('1')]);
    const other = await database.connect();
    await other.query('SELECT pg_advisory_lock($1)', [IMPORT_LOCK]);
    let ended = false;
    const undone = undo(id).finally(() => {
      ended = true;
    });
    await until('the undo waits', async () => {
      const { rows } = await database.query(
        `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND NOT granted
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        [IMPORT_LOCK],
      );
      return rows.length > 0;
    });
    expect(ended).toBe(false);
    // What the other import would have done meanwhile: the same household, changed.
    await other.query(
      `INSERT INTO household_history (${HOUSEHOLD_COLUMNS.join(', ')}, valid_until, replaced_by)
       SELECT ${HOUSEHOLD_COLUMNS.join(', ')}, now(), $2 FROM household WHERE number = $1`,
      [number, randomUUID()],
    );
    await other.query('UPDATE household SET version = version + 1 WHERE number = $1', [number]);
    await other.query('SELECT pg_advisory_unlock($1)', [IMPORT_LOCK]);
    other.release();
    await expect(undone).rejects.toEqual(refusal('IMPORT_BUILT_ON'));
  });

  it('when an announcement is being written, then an undo waits for its households and finds them changed', async () => {
    const other = '21138210100009';
    const { id } = await bring(office, [{ number: other, person: 9, name: '己六' }]);
    const announcing = await database.connect();
    await announcing.query('BEGIN');
    await announcing.query(
      `INSERT INTO household_history (${HOUSEHOLD_COLUMNS.join(', ')}, valid_until)
       SELECT ${HOUSEHOLD_COLUMNS.join(', ')}, now() FROM household WHERE number = $1`,
      [other],
    );
    await announcing.query(
      `UPDATE household SET status = 'registered', import_id = NULL, version = version + 1 WHERE number = $1`,
      [other],
    );
    const undone = undo(id);
    undone.catch(() => undefined);
    await until('the undo waits', async () => {
      const { rows } = await database.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
           AND query LIKE '%FROM household h WHERE h.id IN (SELECT id FROM touched)%FOR UPDATE%'`,
      );
      return rows.length > 0;
    });
    await announcing.query('COMMIT');
    announcing.release();
    await expect(undone).rejects.toEqual(refusal('IMPORT_BUILT_ON', '1 户之后又修改过'));
  });
});

/** What each use says when it begins and ends; a use of the catalogue that is missing here is no program. */
type Facts = (household: string, number: string) => { readonly begins: NewEvent; readonly ends?: NewEvent };
const [record, other] = [randomUUID(), randomUUID()];
const helper = { helperId: randomUUID(), helperName: '帮一' };
const unit = { unitId: randomUUID(), unitName: '某局' };
const FACTS: Readonly<Record<KeptUse, Facts>> = {
  pairing: (householdId) => ({
    begins: householdPaired.of(COUNTY, { householdId, ...helper, ...unit, since: '2026-03-01' }),
    ends: householdReleased.of(COUNTY, { householdId, ...helper, until: '2026-03-02' }),
  }),
  visit: (householdId) => ({
    begins: visitMade.of(COUNTY, {
      visitId: record,
      householdId,
      ...helper,
      unitName: '某局',
      at: '2026-03-02T04:00:00Z',
      needs: 0,
      photos: 0,
    }),
  }),
  contract: (householdId, householdNumber) => ({
    begins: contractListed.of(COUNTY, {
      contractId: record,
      householdId,
      householdNumber,
      entityId: other,
      entityName: '前进合作社',
    }),
    ends: contractUnlisted.of(COUNTY, { contractId: record, householdId }),
  }),
  enrolment: (householdId) => ({
    begins: enrolmentMade.of(COUNTY, { enrolmentId: record, classId: other, householdId, personId: randomUUID() }),
    ends: enrolmentWithdrawn.of(COUNTY, { enrolmentId: record, householdId }),
  }),
  certificate: (householdId, householdNumber) => {
    const certificate = { certificateId: other, number: 'P-1', householdId, personId: randomUUID() };
    const course = { courseId: randomUUID(), courseName: '种植', className: '一班' };
    return {
      begins: certificateIssued.of(COUNTY, {
        ...certificate,
        ...course,
        householdNumber,
        personName: '乙二',
        issuedOn: '2026-03-02',
      }),
      ends: certificateWithdrawn.of(COUNTY, { ...certificate, withdrawnOn: '2026-03-02' }),
    };
  },
  frame: () => ({
    begins: frameFrozen.of(COUNTY, {
      evaluationId: record,
      name: '年度评估',
      date: '2026-03-01',
      hash: 'a'.repeat(64),
      households: 1,
      persons: 1,
      regions: [COUNTY],
    }),
  }),
};
const USES = Object.keys(FACTS) as KeptUse[];

describe('given what others built on a household', () => {
  it.each(USES)(
    'when it is a %s, then its import is not undone, and what it is is named, until it is gone',
    async (what) => {
      const running = 300 + USES.indexOf(what);
      const number = `21138210101${running}`;
      const { id } = await bring(office, [{ number, person: running, name: '乙二' }]);
      const household = await householdId(number);
      const { begins, ends } = FACTS[what](household, number);
      const source = begins.type.split('.')[0] ?? '';
      const kept = `SELECT 1 FROM household_use WHERE what = '${what}' AND household_id = '${household}'`;
      await tell(source, begins, kept);
      await expect(undo(id)).rejects.toEqual(refusal('IMPORT_BUILT_ON', `1 户${USED_AS[what].zh}（户编号 ${number}）`));
      if (!ends) return;
      await tell(source, ends, `SELECT 1 WHERE NOT EXISTS (${kept})`);
      expect(await undo(id)).toEqual({ undone: true });
    },
  );

  it('when dividends reached it, then its import is not undone', async () => {
    const number = '21138210100002';
    const { id } = await bring(office, [{ number, person: 3, name: '乙二' }]);
    const household = await householdId(number);
    await tell(
      'industry',
      dividendConfirmed.of(COUNTY, {
        lineId: randomUUID(),
        householdId: household,
        householdNumber: number,
        year: 2025,
        amountFen: 100,
        entityId: randomUUID(),
        entityName: '前进合作社',
        confirmedOn: '2026-03-02',
      }),
      'SELECT 1 FROM income_evidence',
    );
    await expect(undo(id)).rejects.toEqual(refusal('IMPORT_BUILT_ON', '1 户已登记收入凭据（如分红到户）'));
  });
});
