import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import { getStatistics } from '@bangfu/contracts/identification/households';
import { getImport, type RosterImport, uploadRoster } from '@bangfu/contracts/identification/imports';
import { importRegions } from '@bangfu/contracts/identification/regions';
import { bangfu } from './command-line.ts';
import { until } from './until.ts';

export const FIXTURES = fileURLToPath(new URL('../../testkit/fixtures/', import.meta.url));
export const ROSTERS = `${FIXTURES}rosters/`;
const COUNTY = '211382000000';
/** The services that keep a copy of the register. */
export const HEARERS = ['pairing', 'industry', 'training', 'evaluation'] as const;
export type Hearer = (typeof HEARERS)[number];

/** Brings the county's divisions. */
export async function bringRegions(admin: Connection): Promise<void> {
  await call(admin, importRegions, {
    query: { name: '211382.csv' },
    body: createReadStream(`${FIXTURES}regions/211382.csv`),
  });
}

/** Writes an invented roster of so many households. */
export async function inventRoster(file: string, households: number, seed: number): Promise<void> {
  const counted = ['--households', String(households), '--seed', String(seed)];
  const { exit, stderr } = await bangfu(['demo', 'roster', '--county', COUNTY, ...counted, '--out', file]);
  if (exit !== 0) throw new Error(stderr);
}

/** Uploads a roster that is to be committed by itself. */
export function beginImport(admin: Connection, file: string): Promise<RosterImport> {
  return call(admin, uploadRoster, { query: { name: 'roster.csv', commit: 'true' }, body: createReadStream(file) });
}

/** Waits until an import has been committed, whatever happens to the platform meanwhile. */
export function committed(admin: Connection, importId: string, withinMs = 120_000): Promise<RosterImport> {
  return until(
    'the import is committed',
    async () => {
      const found = await call(admin, getImport, { params: { importId } });
      return found.state === 'committed' ? found : null;
    },
    withinMs,
  );
}

/** Waits until every service knows exactly these households: the register itself, and the copies of the others. */
export async function allKnow(admin: Connection, households: number, withinMs = 120_000): Promise<void> {
  await until(
    'the register holds them',
    async () => ((await call(admin, getStatistics, {})).households === households ? true : null),
    withinMs,
  );
  for (const service of HEARERS) {
    await until(
      `${service} has heard of all`,
      async () => {
        const copies = await call(admin, everyService(service).getCopies, {});
        return copies.households === households ? true : null;
      },
      withinMs,
    );
  }
}
