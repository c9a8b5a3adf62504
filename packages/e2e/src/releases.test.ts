import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { verifyEverything } from '@bangfu/contracts/gateway/audit';
import { getStatistics, revealSensitive } from '@bangfu/contracts/identification/households';
import { rotateKeys } from '@bangfu/infra/local/keys';
import { bringBackRelease } from '@bangfu/testkit/release';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAs } from './client.ts';
import { dataFolder, removeFolder, type StartedPlatform, startPlatform } from './start-platform.ts';
import { freePort } from '@bangfu/infra/local/free-port';

const FOLDER = new URL('../../testkit/fixtures/releases/', import.meta.url);
const RELEASES = readdirSync(FOLDER).filter((name) => name.endsWith('.tar.gz'));

/** What an earlier release answered, kept with its data. */
interface Expected {
  readonly password: string;
  readonly statistics: object;
  readonly persons: readonly { readonly personId: string; readonly idNumber: string; readonly phone: string | null }[];
}

/** What migrations change of stored rows on purpose, with the reason. */
const CHANGED_ON_PURPOSE = {
  // Deadlines by policy: a case's state says since when its step waits, and its day is counted from there.
  // Facts and history left JSON for columns of their own; each value is followed by identification's own test.
  identification: [
    'public.case_file.state',
    'public.case_file.due',
    'public.household.conditions',
    'public.person.details',
    'public.household_version',
  ],
  // Dropped: it said again what household_id and valid_until say. Versions of the policy are in the table that all
  // services have alike; each value is followed by pairing's own test.
  pairing: ['public.pairing_link.open_for', 'public.pairing_policy'],
  // Of plans that are not frozen: they are judged by the policy of the day of their frame.
  evaluation: ['public.evaluation.thresholds'],
  // Answers with a password or a key in them, sealed, are not kept any more.
  gateway: ['platform.idempotency_key.answer', 'platform.idempotency_key.status'],
};

describe.each(RELEASES)('given the data folder of the release %s with its demo county', (file) => {
  const expected = JSON.parse(
    readFileSync(new URL(file.replace('.tar.gz', '.expected.json'), FOLDER), 'utf8'),
  ) as Expected;
  const data = dataFolder();
  let changes: object;
  let platform: StartedPlatform;
  let county: Connection;

  beforeAll(async () => {
    changes = await bringBackRelease(fileURLToPath(new URL(file, FOLDER)), data, CHANGED_ON_PURPOSE);
    platform = await startPlatform(data, await freePort(), []);
    county = await connectAs(platform.url, 'county', expected.password);
  }, 300_000);
  afterAll(async () => {
    await platform.stop();
    removeFolder(data);
  });

  it('when its databases are brought to the present, then every row keeps every value it had', () => {
    expect(changes).toEqual({});
  });

  it('when today’s version runs on it, then everything sealed then is intact and verifies', async () => {
    const auditor = await connectAs(platform.url, 'auditor', expected.password);
    const verified = await call(auditor, verifyEverything, {});
    expect(verified).toMatchObject({ broken: [], absent: [] });
    expect(verified.checked).toBeGreaterThan(1000);
  });

  it('when sensitive values sealed then are opened with a reason, then they are what they were', async () => {
    for (const { personId, ...sensitive } of expected.persons) {
      const opened = await call(county, revealSensitive, { params: { personId }, body: { reason: '核对旧版本数据' } });
      expect(opened).toEqual(sensitive);
    }
    expect(expected.persons.length).toBeGreaterThan(10);
  });

  it('when the register is counted, then it counts as it did', async () => {
    expect(await call(county, getStatistics, {})).toEqual(expected.statistics);
  });

  // Of one release: all else that a change of the key does is tested beside it.
  if (file !== RELEASES.at(-1)) return;
  it('when its data key is changed, then all opens, by no other key, and no earlier one is kept', async () => {
    await platform.stop();
    const secrets = join(data, 'secrets.json');
    const { dataKey: before } = JSON.parse(readFileSync(secrets, 'utf8')) as { dataKey: string };
    const { sealed, earlierKeys } = await rotateKeys(data, () => undefined);
    expect(earlierKeys).toBe(0);
    const keys = Object.values(sealed).map((counts) => Object.keys(counts).join());
    expect(keys).toEqual(keys.map(() => expect.stringMatching(/^[0-9a-f]{8}$/)));
    expect(new Set(keys).size).toBe(1);
    const changed = readFileSync(secrets, 'utf8');
    expect(changed).not.toContain(before);

    writeFileSync(secrets, JSON.stringify({ ...JSON.parse(changed), dataKey: before }));
    await expect(startPlatform(data, await freePort(), [])).rejects.toThrow(
      /放回原来的密钥[^]*Put the earlier key back/,
    );
    writeFileSync(secrets, changed);

    platform = await startPlatform(data, await freePort(), []);
    const auditor = await connectAs(platform.url, 'auditor', expected.password);
    expect(await call(auditor, verifyEverything, {})).toMatchObject({ broken: [], absent: [] });
    county = await connectAs(platform.url, 'county', expected.password);
    const [{ personId, ...sensitive } = { personId: '' }] = expected.persons;
    const opened = call(county, revealSensitive, { params: { personId }, body: { reason: '核对更换密钥后的数据' } });
    expect(await opened).toEqual(sensitive);
    expect(await call(county, getStatistics, {})).toEqual(expected.statistics);
  }, 180_000);
});
