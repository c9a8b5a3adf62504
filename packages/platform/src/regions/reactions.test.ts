import { randomUUID } from 'node:crypto';
import { openPool, type Pool } from '@bangfu/data/pool';
import { pgSql } from '@bangfu/data/sql';
import { householdRecorded, regionChanged } from '@bangfu/events/catalog/identification';
import type { NewEvent } from '@bangfu/events/catalog/define';
import type { Envelope } from '@bangfu/events/envelope';
import type { Reactions } from '@bangfu/events/inbox/consume';
import { migratedDatabase } from '@bangfu/testkit/migrated-database';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { HOUSEHOLD_COPY_REACTIONS } from '../household-copy/reactions.ts';
import { regionFollowing } from './reactions.ts';

const COUNTY = '211382000000';
const OLD = '211382102201';
const NEW = '211382101203';

let pool: Pool;
beforeAll(async () => {
  pool = openPool((await migratedDatabase(inject('postgresUrl'), 'training')).app, 1);
});
afterAll(() => pool.end());

const envelope = (event: NewEvent, time: string): Envelope => ({
  specversion: '1.0',
  id: randomUUID(),
  source: '/bangfu/identification',
  type: event.type,
  subject: event.key,
  time,
  datacontenttype: 'application/json',
  aggregate: event.key,
  sequence: 1,
  countycode: COUNTY,
  data: event.data,
});

async function hear(reactions: Reactions, ...events: Envelope[]): Promise<void> {
  const client = await pool.connect();
  try {
    await reactions[events[0]?.type ?? '']?.batch(pgSql(client), events);
  } finally {
    client.release();
  }
}

const recorded = (householdId: string, villageCode: string) =>
  householdRecorded.of(COUNTY, {
    householdId,
    number: householdId,
    countyCode: COUNTY,
    villageCode,
    villageName: '西村',
    townshipName: '乙镇',
    status: 'registered',
    category: null,
    mainCause: null,
    members: [],
    perCapitaIncomeFen: null,
  });

describe('given a change of divisions that was heard of', () => {
  it('when a household of before is heard of late, then it is where it is now, and one of after is left alone', async () => {
    const changed = regionChanged.of(COUNTY, {
      changeId: randomUUID(),
      kind: 'recode',
      on: '2026-06-01',
      document: '民政〔2026〕1号',
      codes: [
        {
          from: OLD,
          to: NEW,
          id: randomUUID(),
          level: 'village',
          name: '西村',
          parentCode: null,
          townshipName: '新镇',
        },
      ],
      households: [],
    });
    const [part] = regionFollowing({ current: [], own: [], asThen: [], unrelated: [] });
    await hear(part?.reactions?.(undefined) ?? {}, envelope(changed, '2026-06-02T00:00:00.000Z'));
    const [late, later] = [randomUUID(), randomUUID()];
    await hear(
      HOUSEHOLD_COPY_REACTIONS,
      envelope(recorded(late, OLD), '2026-06-01T00:00:00.000Z'),
      // Another village was given the old code since.
      envelope(recorded(later, OLD), '2026-06-03T00:00:00.000Z'),
    );
    const { rows } = await pool.query('SELECT id, village_code, township_name FROM platform.household_copy');
    expect(new Map(rows.map(({ id, village_code: code, township_name: township }) => [id, [code, township]]))).toEqual(
      new Map([
        [late, [NEW, '新镇']],
        [later, [OLD, '乙镇']],
      ]),
    );
  });
});
