import { COLUMN_KEYS, COLUMNS } from '@bangfu/domain/identification/roster/columns';
import { grant, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { expect, inject, it } from 'vitest';
import { buildIdentification } from '../../../app.ts';
import { bring, bringRegions } from '../../../testing/rosters.ts';

/** A cell for each kind of column, as the export writes it. */
const WRITTEN = { text: '甲乙', number: '3.5', yuan: '12.50', yesNo: '否', date: '2020-05-01' } as const;
const LATER = COLUMN_KEYS.filter((key) => COLUMNS[key].later);

it('given a roster with every column of the later editions, then the export has each value in its column', async () => {
  const world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
  const office = world.as('office', grant('county-office'));
  await bringRegions(office);
  const later = Object.fromEntries(
    LATER.map((key) => {
      const { header, kind, dictionary } = COLUMNS[key];
      const [first = '', second = ''] = dictionary?.codes ?? [];
      const word = dictionary?.label(key.endsWith('1') ? first : second);
      return [header, word ?? WRITTEN[kind as keyof typeof WRITTEN]];
    }),
  );
  const { report } = await bring(office, [{ number: '21138210100001', person: 1, name: '甲一', later }]);
  expect(report).toMatchObject({ households: { create: 1 }, problemCounts: {} });
  const answer = await office.fetch?.(`${world.baseUrl}/api/identification/households/export?format=csv`);
  const [header = '', row = ''] = ((await answer?.text()) ?? '').replace('\uFEFF', '').split('\r\n');
  const cells = row.split(',');
  const exported = Object.fromEntries(header.split(',').map((name, at) => [name, cells[at]]));
  expect(header.split(',')).toEqual(COLUMN_KEYS.filter((key) => key !== 'sequence').map((key) => COLUMNS[key].header));
  expect(LATER.length).toBeGreaterThan(25);
  expect(Object.fromEntries(Object.keys(later).map((name) => [name, exported[name]]))).toEqual(later);
  await world.stop();
});
