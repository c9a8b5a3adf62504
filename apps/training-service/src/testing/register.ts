import { randomBytes } from 'node:crypto';
import { uuidV7 } from '@bangfu/domain/shared/id';
import { householdRecorded } from '@bangfu/events/catalog/identification';
import { envelopeText } from '@bangfu/events/envelope';
import { openTransport } from '@bangfu/events/transport';
import { openPool } from '@bangfu/service-kit/db/pool';
import { makeLog } from '@bangfu/service-kit/logging/log';
import { type TestService, until } from '@bangfu/service-kit/testing/test-service';

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

/** Publishes households as identification does and waits until the service has heard of them. */
export async function register(world: TestService, households: readonly TestHousehold[]): Promise<void> {
  const log = makeLog('test', 'error');
  const { eventsUrl } = world;
  const transport = await openTransport({
    kind: 'embedded',
    databaseUrl: eventsUrl,
    brokers: '',
    clientId: 'test',
    log,
  });
  await transport.publish(
    households.map(({ members, ...each }) => {
      const event = householdRecorded.of(COUNTY, {
        ...each,
        countyCode: COUNTY,
        villageName: each.villageCode.endsWith('1') ? '北店村' : '南营子村',
        townshipName: '刀尔登镇',
        category: null,
        mainCause: null,
        perCapitaIncomeFen: null,
        members: members.map((one, at) => ({
          ...one,
          relation: at === 0 ? 'head' : 'other',
          school: null,
          health: [],
        })),
      });
      const { topic, key, type, data } = event;
      const rest = { id: newTestId(), source: '/bangfu/identification', sequence: 1, countyCode: COUNTY };
      return {
        topic,
        key,
        value: envelopeText({ ...rest, type, key, occurredAt: new Date(), data: JSON.stringify(data) }),
      };
    }),
  );
  await transport.close();
  const pool = openPool(world.urls.app, 1);
  const ids = households.map((each) => each.householdId);
  await until('the households are heard of', async () => {
    const { rows } = await pool.query<{ n: number }>(
      'SELECT count(*) AS n FROM platform.household_copy WHERE id::text = ANY ($1::text[])',
      [ids],
    );
    return rows[0]?.n === ids.length;
  });
  await pool.end();
}
