import { SERVICES } from '@bangfu/contracts/core/operation';
import type { Health } from '@bangfu/platform/health/health';
import { keptForAMoment } from '@bangfu/platform/health/kept';
import { z } from 'zod';
import type { ServiceUrls } from './ask.ts';
import { DEADLINE_MS } from './asking.ts';

/** Which parts of the platform are ready, by name, and by code what is not as it should be. */
export interface Readiness {
  readonly ready: boolean;
  readonly services: Readonly<Record<string, boolean>>;
  readonly reasons: Readonly<Record<string, readonly string[]>>;
}

const Answer = z.object({ ready: z.boolean(), reasons: z.array(z.string().regex(/^[A-Z_]+$/)).default([]) });

async function readinessOf(url: string): Promise<z.output<typeof Answer>> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(DEADLINE_MS) });
    return Answer.parse(await answer.json());
  } catch {
    return { ready: false, reasons: ['NO_ANSWER'] };
  }
}

async function askAll(health: () => Promise<Health>, urls: ServiceUrls): Promise<Readiness> {
  const found = await Promise.all([
    health().then((own) => ['gateway', own] as const),
    ...SERVICES.map(async (service) => [service, await readinessOf(urls[service])] as const),
  ]);
  return {
    ready: found.every(([, { ready }]) => ready),
    services: Object.fromEntries(found.map(([name, { ready }]) => [name, ready])),
    reasons: Object.fromEntries(
      found.filter(([, { reasons }]) => reasons.length > 0).map(([name, { reasons }]) => [name, reasons]),
    ),
  };
}

/** Asks the gateway's own health and every service. */
export const openReadiness = (health: () => Promise<Health>, urls: ServiceUrls): (() => Promise<Readiness>) =>
  keptForAMoment(() => askAll(health, urls));
