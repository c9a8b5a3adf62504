import { randomUUID } from 'node:crypto';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { getCase, openCases } from '@bangfu/contracts/identification/cases';
import { listHouseholds } from '@bangfu/contracts/identification/households';
import type { NewEvent } from '@bangfu/events/catalog/define';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { dividendConfirmed, dividendCorrected, dividendReturned } from '@bangfu/events/catalog/industry';
import { envelopeText } from '@bangfu/events/envelope';
import { openTransport } from '@bangfu/events/transport';
import { newId } from '@bangfu/data/id';
import { makeLog } from '@bangfu/platform/logging/log';
import { grant, type TestService, testService, until } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIdentification } from '../app.ts';
import { fillRegister } from '../testing/register.ts';

const VILLAGE = '211382101200';
const COUNTY = '211382000000';
let world: TestService;
let village: Connection;
let householdId = '';
let caseId = '';
let sequence = 0;

/** Publishes events of the household as industry's relay would, in their order. */
async function tell(...events: readonly NewEvent[]): Promise<void> {
  const transport = await openTransport({
    kind: 'embedded',
    databaseUrl: world.eventsUrl,
    brokers: '',
    clientId: 'test',
    log: makeLog('test', 'silent'),
  });
  for (const { type, topic, key, countyCode, data } of events) {
    sequence += 1;
    const envelope = { id: newId(new Date()), source: '/bangfu/industry', type, key, countyCode, sequence };
    const value = envelopeText({ ...envelope, occurredAt: new Date(), data: JSON.stringify(data) });
    await transport.publish([{ topic, key, value }]);
  }
  await transport.close();
}
const evidence = async () => (await call(village, getCase, { params: { caseId } })).incomeEvidence;

const lineId = randomUUID();
const line = () => ({ lineId, householdId, householdNumber: '21138210100001', year: 2025 });
const confirmed = (amountFen: number, of: string = lineId) =>
  dividendConfirmed.of(COUNTY, {
    ...line(),
    lineId: of,
    amountFen,
    entityId: randomUUID(),
    entityName: '前进种植专业合作社',
    confirmedOn: '2026-02-10',
  });
const corrected = (amountFen: number) =>
  dividendCorrected.of(COUNTY, { ...line(), amountFen, correctedOn: '2026-03-02' });

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
  const register = [{ number: '21138210100001', head: '甲一', village: '佐杖子村' }];
  await fillRegister(world.as('office', grant('county-office')), register);
  village = world.as('village', grant('village-officer', VILLAGE));
  const { rows } = await call(village, listHouseholds, {});
  householdId = rows[0]?.id ?? '';
  const { cases } = await call(village, openCases, {
    body: { householdIds: [householdId], on: businessDayOf(new Date()) },
  });
  caseId = cases[0]?.id ?? '';
});
afterAll(() => world.stop());

describe('given a dividend confirmed in industry', () => {
  it('when it is heard twice, then the household has its evidence once', async () => {
    expect(await evidence()).toEqual([]);
    await tell(confirmed(123_456), confirmed(123_456));
    const heard = await until('the evidence arrives', async () => {
      const rows = await evidence();
      return rows.length > 0 && rows;
    });
    expect(heard).toEqual([
      {
        year: 2025,
        item: 'property',
        evidence: 'paid',
        amountFen: 123_456,
        payer: '前进种植专业合作社',
        evidencedOn: '2026-02-10',
        sourceService: 'industry',
        sourceId: lineId,
      },
    ]);
  });

  it('when corrections take it back, each heard twice, then rows of their own leave what still counts', async () => {
    const last = randomUUID();
    await tell(corrected(100_000), corrected(100_000), corrected(0), corrected(0), confirmed(1, last));
    const rows = await until('all is heard', async () => {
      const found = await evidence();
      return found.some((row) => row.sourceId === last) && found;
    });
    const own = rows.filter((row) => row.sourceId.startsWith(lineId));
    expect(own.map((row) => row.amountFen).sort((a, b) => b - a)).toEqual([123_456, -23_456, -100_000]);
    expect(own.find((row) => row.amountFen < 0)).toMatchObject({ year: 2025, evidencedOn: '2026-03-02' });
  });

  it('when the bank returns a payment and another pays the line, then both and the reversal are kept, heard twice or not', async () => {
    const again = randomUUID();
    const [first, second, setOff] = [randomUUID(), randomUUID(), randomUUID()];
    const payment = (paymentId: string, amountFen: number, by: 'bank' | 'set-off' = 'bank') => {
      const { data } = confirmed(amountFen, again);
      return dividendConfirmed.of(COUNTY, { ...(data as Parameters<typeof dividendConfirmed.of>[1]), paymentId, by });
    };
    const returned = dividendReturned.of(COUNTY, {
      ...line(),
      lineId: again,
      paymentId: first,
      amountFen: 500,
      reason: '账号已销户',
      returnedOn: '2026-03-09',
    });
    await tell(payment(first, 500), returned, returned, payment(second, 500), payment(setOff, 70, 'set-off'));
    const rows = await until('all is heard', async () => {
      const found = await evidence();
      return found.some((row) => row.sourceId === setOff) && found;
    });
    const of = (source: string) =>
      rows.filter(({ sourceId }) => sourceId.startsWith(source)).map((row) => [row.amountFen, row.evidence]);
    expect(of(first).sort((a, b) => Number(b[0]) - Number(a[0]))).toEqual([
      [500, 'paid'],
      [-500, 'paid'],
    ]);
    expect(of(second)).toEqual([[500, 'paid']]);
    expect(of(setOff)).toEqual([[70, 'declared']]);
    expect(rows.find(({ amountFen }) => amountFen === -500)?.evidencedOn).toBe('2026-03-09');
  });
});
