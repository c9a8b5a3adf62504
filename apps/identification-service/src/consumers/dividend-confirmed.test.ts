import { randomUUID } from 'node:crypto';
import { call } from '@bangfu/contracts/core/client';
import { getCase, openCases } from '@bangfu/contracts/identification/cases';
import { listHouseholds } from '@bangfu/contracts/identification/households';
import { dividendConfirmed } from '@bangfu/events/catalog/industry';
import { envelopeText, topicOf } from '@bangfu/events/envelope';
import { openTransport } from '@bangfu/events/transport';
import { newId } from '@bangfu/service-kit/db/id';
import { makeLog } from '@bangfu/service-kit/logging/log';
import { grant, type TestService, testService, until } from '@bangfu/service-kit/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { buildIdentification } from '../app.ts';
import { fillRegister } from '../testing/register.ts';

const VILLAGE = '211382101200';
let world: TestService;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
  const register = [{ number: '21138210100001', head: '甲一', village: '佐杖子村' }];
  await fillRegister(world.as('office', grant('county-office')), register);
});
afterAll(() => world.stop());

it('given a dividend confirmed in industry, when it is heard twice, then the household has its evidence once', async () => {
  const village = world.as('village', grant('village-officer', VILLAGE));
  const { rows } = await call(village, listHouseholds, {});
  const householdId = rows[0]?.id ?? '';
  const { cases } = await call(village, openCases, { body: { householdIds: [householdId], on: '2026-03-01' } });
  const params = { caseId: cases[0]?.id ?? '' };
  expect((await call(village, getCase, { params })).incomeEvidence).toEqual([]);

  const data = {
    lineId: randomUUID(),
    householdId,
    householdNumber: '21138210100001',
    year: 2025,
    amountFen: 123_456,
    entityId: randomUUID(),
    entityName: '前进种植专业合作社',
    confirmedOn: '2026-02-10',
  };
  const log = makeLog('test', 'silent');
  const transport = await openTransport({
    kind: 'embedded',
    databaseUrl: world.eventsUrl,
    brokers: '',
    clientId: 'test',
    log,
  });
  const { type } = dividendConfirmed;
  const event = {
    source: '/bangfu/industry',
    type,
    key: householdId,
    countyCode: '211382000000',
    occurredAt: new Date(),
  };
  for (const sequence of [1, 2]) {
    const value = envelopeText({ ...event, id: newId(new Date()), sequence, data: JSON.stringify(data) });
    await transport.publish([{ topic: topicOf(type), key: householdId, value }]);
  }
  await transport.close();

  const heard = await until('the evidence arrives', async () => {
    const { incomeEvidence } = await call(village, getCase, { params });
    return incomeEvidence.length > 0 && incomeEvidence;
  });
  expect(heard).toEqual([
    {
      year: 2025,
      item: 'property',
      evidence: 'declared',
      amountFen: 123_456,
      payer: '前进种植专业合作社',
      evidencedOn: '2026-02-10',
      sourceService: 'industry',
      sourceId: data.lineId,
    },
  ]);
});
