import { call, type Connection } from '@bangfu/contracts/core/client';
import { getStatistics } from '@bangfu/contracts/identification/households';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIdentification } from '../../../app.ts';
import { fillRegister } from '../../../testing/register.ts';

const PATH = '/api/identification/households/export';
/** More than any pool of the service has connections. */
const MANY = 24;
/** A file that does not fit into what the system keeps for a connection on the way. */
const HOUSEHOLDS = 9000;

let world: TestService;
let office: Connection;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
  office = world.as('office', grant('county-office'));
  const households = Array.from({ length: HOUSEHOLDS }, (_, i) => ({
    number: `211382111200${String(i + 1).padStart(4, '0')}`,
    head: `户主${i + 1}`,
    village: '佐杖子村',
  }));
  await fillRegister(office, households);
}, 60_000);
afterAll(() => world.stop());

const download = (as: Connection, format: 'csv' | 'xlsx', more = '') =>
  (as.fetch ?? fetch)(`${world.baseUrl}${PATH}?format=${format}${more}`);

describe('the export of the register', () => {
  it('given a register, then the file has a row a person and no whole ID number', async () => {
    const answer = await download(office, 'csv');
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('农户名册.csv'));
    const text = await answer.text();
    expect(text.trim().split('\r\n')).toHaveLength(HOUSEHOLDS + 1);
    expect(text).not.toContain('2113821970');
  });

  it('given a list that is sorted, then the file is in its order', async () => {
    const text = await (await download(office, 'csv', '&sort=-number&search=2113821112000')).text();
    const [, first = '', second = ''] = text.split('\r\n');
    expect([first, second].map((row) => /\d{16}/.exec(row)?.[0])).toEqual(['2113821112000999', '2113821112000998']);
    expect((await download(office, 'csv', '&sort=height')).status).toBe(400);
  });

  it('given an auditor, then names are masked as well', async () => {
    const text = await (await download(world.as('auditor', grant('auditor')), 'csv')).text();
    expect(text).not.toContain('户主1,');
    expect(text).toContain('户*');
  });

  it.each(['csv', 'xlsx'] as const)(
    'given many who leave before the last byte of a %s, then everyone after them is still served',
    async (format) => {
      for (let i = 0; i < MANY; i++) {
        const answer = await download(office, format);
        expect(answer.status).toBe(200);
        await answer.body?.cancel();
      }
      expect((await call(office, getStatistics, {})).households).toBe(HOUSEHOLDS);
      const whole = await (await download(office, 'csv')).text();
      expect(whole.trim().split('\r\n')).toHaveLength(HOUSEHOLDS + 1);
    },
    30_000,
  );
});
