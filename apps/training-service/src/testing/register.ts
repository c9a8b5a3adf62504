import { randomBytes } from 'node:crypto';
import { uuidV7 } from '@bangfu/domain/shared/id';
import type { NewEvent } from '@bangfu/events/catalog/define';
import { householdRecorded, householdWithdrawn } from '@bangfu/events/catalog/identification';
import { envelopeText } from '@bangfu/events/envelope';
import { openTransport } from '@bangfu/events/transport';
import { openPool } from '@bangfu/data/pool';
import { makeLog } from '@bangfu/platform/logging/log';
import { type TestService, until } from '@bangfu/platform/testing/test-service';

const COUNTY = '211382000000';

export interface TestMember {
  readonly personId: string;
  readonly name: string;
  readonly sex: string | null;
  readonly birthDate: string | null;
  readonly labour: string | null;
}

export interface TestHousehold {
  readonly householdId: string;
  readonly number: string;
  readonly villageCode: string;
  readonly status: 'none' | 'registered' | 'exited' | 'returned';
  readonly monitored?: boolean;
  readonly members: readonly TestMember[];
}

export const newTestId = () => uuidV7(Date.now(), randomBytes(10));

/** A person of working age who can labour, unless said otherwise. */
export function member(name: string, more: Partial<TestMember> = {}): TestMember {
  return { personId: newTestId(), name, sex: 'male', birthDate: '1985-03-02', labour: 'ordinary', ...more };
}

/** A registered household of a village of the test county, by the number it is told apart by. */
export function household(
  number: string,
  members: readonly TestMember[],
  more: Partial<TestHousehold> = {},
): TestHousehold {
  return { householdId: newTestId(), number, villageCode: '211382104201', status: 'registered', members, ...more };
}

/**
 * Publishes households as identification does and waits until the service has heard of them; again with a later
 * `sequence` when something of them has changed.
 */
export async function register(world: TestService, households: readonly TestHousehold[], sequence = 1): Promise<void> {
  await publish(
    world,
    { sequence, occurredAt: new Date() },
    households.map(({ members, ...each }) =>
      householdRecorded.of(COUNTY, {
        ...each,
        countyCode: COUNTY,
        villageName: each.villageCode.endsWith('1') ? '北店村' : '南营子村',
        townshipName: each.villageCode.startsWith('211382104') ? '刀尔登镇' : '松岭子镇',
        category: null,
        mainCause: null,
        perCapitaIncomeFen: null,
        members: members.map((one, at) => ({
          ...one,
          relation: at === 0 ? 'head' : 'other',
          school: null,
          health: [],
        })),
      }),
    ),
  );
  await heardOf(world, households, 'NOT withdrawn');
}

/** Withdraws registered households, as the undo of an import would, and waits until the service has heard of it. */
export async function withdraw(world: TestService, households: readonly TestHousehold[], at: Date): Promise<void> {
  await publish(
    world,
    { sequence: 2, occurredAt: at },
    households.map(({ householdId, number }) =>
      householdWithdrawn.of(COUNTY, { householdId, number, reason: 'import-undone' }),
    ),
  );
  await heardOf(world, households, 'withdrawn');
}

async function publish(
  { eventsUrl }: TestService,
  told: { readonly sequence: number; readonly occurredAt: Date },
  events: readonly NewEvent[],
): Promise<void> {
  const log = makeLog('test', 'error');
  const transport = await openTransport({
    kind: 'embedded',
    databaseUrl: eventsUrl,
    brokers: '',
    clientId: 'test',
    log,
  });
  await transport.publish(
    events.map(({ topic, key, type, data }) => {
      const rest = { id: newTestId(), source: '/bangfu/identification', countyCode: COUNTY };
      return {
        topic,
        key,
        value: envelopeText({ ...rest, ...told, type, key, data: JSON.stringify(data) }),
      };
    }),
  );
  await transport.close();
}

async function heardOf({ urls }: TestService, households: readonly TestHousehold[], as: string): Promise<void> {
  const pool = openPool(urls.app, 1);
  const ids = households.map((each) => each.householdId);
  await until('the households are heard of', async () => {
    const { rows } = await pool.query<{ n: number }>(
      `SELECT count(*) AS n FROM platform.household_copy WHERE id::text = ANY ($1::text[]) AND ${as}`,
      [ids],
    );
    return rows[0]?.n === ids.length;
  });
  await pool.end();
}
