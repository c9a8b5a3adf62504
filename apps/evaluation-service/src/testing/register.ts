import { createHash } from 'node:crypto';
import type { HouseholdCopy } from '@bangfu/platform/household-copy/household-copy';
import { HOUSEHOLD_COPY_REACTIONS } from '@bangfu/platform/household-copy/reactions';
import { householdRecorded } from '@bangfu/events/catalog/identification';
import type { Envelope } from '@bangfu/events/envelope';
import { pgSql } from '@bangfu/data/sql';
import { inTransaction, openPool } from '@bangfu/data/pool';

const COUNTY = '211382000000';

/** A household as a test speaks of it. */
export interface TestHousehold {
  readonly number: string;
  readonly villageCode: string;
  readonly villageName: string;
  readonly townshipName: string;
  readonly headName: string;
  readonly status: HouseholdCopy['status'];
  readonly monitored?: boolean;
  readonly persons: number;
  readonly perCapitaIncomeFen?: number;
}

/** An id that is the same for the same name, of the form the platform's ids have. */
function testId(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Brings households into a service's read copy as identification's events would, by the service's own reaction. */
export async function bringHouseholds(databaseUrl: string, households: readonly TestHousehold[]): Promise<void> {
  const reaction = HOUSEHOLD_COPY_REACTIONS[householdRecorded.type];
  if (!reaction || !('batch' in reaction)) throw new Error('the copy has no reaction to recorded households');
  const events = households.map((household): Envelope => {
    const householdId = testId(household.number);
    const { type, data } = householdRecorded.of(COUNTY, {
      householdId,
      number: household.number,
      countyCode: COUNTY,
      villageCode: household.villageCode,
      villageName: household.villageName,
      townshipName: household.townshipName,
      status: household.status,
      monitored: household.monitored ?? false,
      category: null,
      mainCause: null,
      perCapitaIncomeFen: household.perCapitaIncomeFen ?? null,
      members: Array.from({ length: household.persons }, (_, i) => ({
        personId: testId(`${household.number}/${i}`),
        name: i === 0 ? household.headName : `${household.headName}之亲${i}`,
        relation: i === 0 ? 'head' : 'other',
        sex: null,
        birthDate: null,
        labour: null,
        school: null,
        health: [],
      })),
    });
    return {
      specversion: '1.0',
      id: testId(`event ${household.number}`),
      source: '/bangfu/identification',
      type,
      subject: householdId,
      time: '2026-06-01T00:00:00.000Z',
      datacontenttype: 'application/json',
      aggregate: householdId,
      sequence: 1,
      countycode: COUNTY,
      data,
    };
  });
  const pool = openPool(databaseUrl, 1);
  try {
    await inTransaction(pool, (client) => reaction.batch(pgSql(client), events));
  } finally {
    await pool.end();
  }
}
