import { randomUUID } from 'node:crypto';
import type { NewEvent } from '@bangfu/events/catalog/define';
import {
  householdRecorded,
  householdRegistered,
  householdWithdrawn,
  type RegionChanged,
  regionChanged,
  regionEstablished,
} from '@bangfu/events/catalog/identification';
import type { Envelope } from '@bangfu/events/envelope';
import type { Reactions } from '@bangfu/events/inbox/consume';
import { pgSql } from '@bangfu/data/sql';
import { newId } from '@bangfu/data/id';
import { HOUSEHOLD_COPY_REACTIONS } from '@bangfu/platform/household-copy/reactions';
import { openPool } from '@bangfu/data/pool';
import { serveOperations } from '@bangfu/platform/operation/operation';
import { regionFollowing } from '@bangfu/platform/regions/reactions';
import type { ServiceKit } from '@bangfu/platform/service';
import { REGION_COLUMNS } from '../region-columns.ts';
import { onRegionChanged } from '../reactions/region-changed.ts';
import { onRegionEstablished } from '../reactions/region-established.ts';

export const COUNTY = '211382000000';

/** A township of the test county and its villages, named 甲村, 乙村 … */
export interface Township {
  readonly code: string;
  readonly name: string;
  readonly villages: readonly string[];
}
export const TOWNSHIPS: readonly Township[] = [
  { code: '211382100000', name: '北炉乡', villages: ['211382100201', '211382100202', '211382100203'] },
  { code: '211382101000', name: '三十家子镇', villages: ['211382101201', '211382101202'] },
];
const NAMES = ['甲村', '乙村', '丙村'];

const envelope = (event: NewEvent, sequence: number, time: Date): Envelope => ({
  specversion: '1.0',
  id: newId(new Date()),
  source: '/bangfu/identification',
  type: event.type,
  subject: event.key,
  time: time.toISOString(),
  datacontenttype: 'application/json',
  aggregate: event.key,
  sequence,
  countycode: event.countyCode,
  data: event.data,
});

/** The instant of events where a test does not say it. */
const HEARD = new Date('2026-01-05T00:00:00.000Z');
/** All of a service that keeping divisions needs. */
const KIT = { clock: () => HEARD } as unknown as ServiceKit;

async function react(
  databaseUrl: string,
  reactions: Reactions,
  events: readonly NewEvent[],
  time = HEARD,
): Promise<void> {
  const pool = openPool(databaseUrl, 1);
  const client = await pool.connect();
  try {
    const reaction = reactions[events[0]?.type ?? ''];
    if (!reaction || !('batch' in reaction)) throw new Error('no such reaction');
    await reaction.batch(
      pgSql(client),
      events.map((event, i) => envelope(event, i + 1, time)),
    );
  } finally {
    client.release();
    await pool.end();
  }
}

/** Gives a service the divisions of the test county, as identification's events would. */
export async function feedRegions(databaseUrl: string): Promise<void> {
  const region = (code: string, level: string, name: string, parentCode: string | null) =>
    regionEstablished.of(COUNTY, { id: randomUUID(), code, level, name, parentCode });
  await react(databaseUrl, onRegionEstablished.reactions?.(KIT) ?? {}, [
    region(COUNTY, 'county', '凌源市', null),
    ...TOWNSHIPS.flatMap(({ code, name, villages }) => [
      region(code, 'township', name, COUNTY),
      ...villages.map((village, i) => region(village, 'village', NAMES[i] ?? '', code)),
    ]),
  ]);
}

/** Changes the divisions of a service, as identification's event would. */
export async function changeRegions(databaseUrl: string, change: RegionChanged): Promise<void> {
  const { reactions } = serveOperations(KIT, [regionFollowing(REGION_COLUMNS), [onRegionChanged]]);
  await react(databaseUrl, reactions, [regionChanged.of(COUNTY, change)]);
}

export interface FedHousehold {
  readonly id: string;
  readonly number: string;
  readonly villageCode: string;
}

/** Gives a service households of a status, spread over the villages in turn, numbered from `first` on. */
export async function feedHouseholds(
  databaseUrl: string,
  count: number,
  {
    reactions = HOUSEHOLD_COPY_REACTIONS,
    status = 'registered',
    monitored = false,
    first = 1,
    ids,
    exitedOn = null,
  }: {
    exitedOn?: string | null;
    reactions?: Reactions;
    status?: string;
    monitored?: boolean;
    first?: number;
    ids?: readonly string[];
  } = {},
): Promise<FedHousehold[]> {
  const villages = TOWNSHIPS.flatMap(({ name, villages: codes }) =>
    codes.map((code, i) => ({ code, township: name, name: NAMES[i] ?? '' })),
  );
  const households = Array.from({ length: count }, (_, i) => {
    const village = villages[i % villages.length];
    if (!village) throw new Error('no villages');
    return { id: ids?.[i] ?? randomUUID(), number: `2113820000${String(first + i).padStart(5, '0')}`, village };
  });
  await react(
    databaseUrl,
    reactions,
    households.map(({ id, number, village }, i) =>
      householdRecorded.of(COUNTY, {
        householdId: id,
        number,
        countyCode: COUNTY,
        villageCode: village.code,
        villageName: village.name,
        townshipName: village.township,
        status,
        monitored,
        exitedOn,
        category: null,
        mainCause: null,
        members: [
          {
            personId: randomUUID(),
            name: `户主${first + i}`,
            relation: 'head',
            sex: 'male',
            birthDate: null,
            labour: null,
            school: null,
            health: [],
          },
        ],
        perCapitaIncomeFen: null,
      }),
    ),
  );
  return households.map(({ id, number, village }) => ({ id, number, villageCode: village.code }));
}

/** Announces households as registered on a day. */
export async function announceHouseholds(
  databaseUrl: string,
  households: readonly FedHousehold[],
  registeredOn: string,
): Promise<void> {
  const events = households.map(({ id, number, villageCode }) =>
    householdRegistered.of(COUNTY, {
      householdId: id,
      number,
      villageCode,
      caseId: randomUUID(),
      kind: 'registration',
      status: 'registered',
      registeredOn,
      documentNumber: '凌扶发〔2026〕11号',
    }),
  );
  await react(databaseUrl, HOUSEHOLD_COPY_REACTIONS, events);
}

/** Withdraws households, as the undo of an import would; `reactions` are the service's own. */
export async function withdrawHouseholds(
  databaseUrl: string,
  reactions: Reactions,
  households: readonly FedHousehold[],
  at?: Date,
): Promise<void> {
  const events = households.map(({ id, number }) =>
    householdWithdrawn.of(COUNTY, { householdId: id, number, reason: 'import-undone' }),
  );
  await react(databaseUrl, reactions, events, at);
}

/** A list of cadres as comma-separated text: `counts` says how many of each rank each unit has. */
export function cadreList(units: readonly { name: string; village: string; counts: Record<string, number> }[]): string {
  const lines = ['帮扶干部名单,,,,', '单位,姓名,职级,联系电话,帮扶村'];
  let person = 0;
  for (const { name, village, counts } of units) {
    for (const [rank, count] of Object.entries(counts)) {
      for (let i = 0; i < count; i++) {
        person += 1;
        lines.push(`${name},干部${person},${rank},139${String(person).padStart(8, '0')},${village}`);
      }
    }
  }
  return `${lines.join('\n')}\n`;
}
