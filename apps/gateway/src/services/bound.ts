import { BOUND_KINDS, everyService } from '@bangfu/contracts/core/every-service';
import { listRegions } from '@bangfu/contracts/identification/regions';
import type { Grant, Scope } from '@bangfu/domain/shared/roles';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import type { Gateway } from '../gateway.ts';
import { DEADLINE_MS } from './asking.ts';

/** Whether what a scope speaks of exists. */
export type Existing = 'there' | 'no-region' | 'no-record' | 'unanswered';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether the divisions and the record a scope names exist: by the copy of the divisions, and by the record's service. */
export async function findBound(gateway: Gateway, scope: Scope, from: Caller): Promise<Existing> {
  if (scope.kind === 'platform') return 'there';
  if (scope.kind === 'region') return findRegions(gateway, [scope.code], from);
  const record = await findRecord(gateway, scope, from);
  return record === 'there' && scope.kind === 'evaluation' ? findRegions(gateway, scope.regions, from) : record;
}

const askingIn = (from: Caller, token: string) => ({
  token,
  language: 'zh' as const,
  requestId: from.requestId,
  address: from.address,
  deadlineMs: DEADLINE_MS,
});

async function findRecord(
  gateway: Gateway,
  { kind, id }: Extract<Scope, { readonly id: string }>,
  from: Caller,
): Promise<Existing> {
  if (!UUID.test(id)) return 'no-record';
  const owner = BOUND_KINDS[kind];
  const asking = askingIn(from, await gateway.systemToken());
  const asked = await gateway.services.ask(
    owner,
    everyService(owner).listScopeChoices,
    { query: { kind, id } },
    asking,
  );
  if (asked.state === 'absent') return 'unanswered';
  return asked.state === 'answered' && asked.data.rows.some((row) => row.id === id) ? 'there' : 'no-record';
}

/** The county itself is the installation's own, and exists before its divisions have arrived. */
async function findRegions(gateway: Gateway, codes: readonly string[], from: Caller): Promise<Existing> {
  const asked = [...new Set(codes)].filter((code) => code !== gateway.countyCode);
  const known = await gateway.prisma.region.count({ where: { code: { in: asked } } });
  if (known === asked.length) return 'there';
  // The copy follows by events: what was imported a moment ago may not be in it yet.
  const office: Grant = { role: 'county-office', scope: { kind: 'region', code: gateway.countyCode } };
  const { id, name, countyCode } = from;
  const token = await gateway.tokenFor({ id, name, countyCode, grants: [office] }, [office]);
  const answer = await gateway.services.ask('identification', listRegions, {}, askingIn(from, token));
  if (answer.state === 'absent') return 'unanswered';
  const codesThere = new Set<string>(answer.state === 'answered' ? answer.data.rows.map(({ code }) => code) : []);
  return asked.every((code) => codesThere.has(code)) ? 'there' : 'no-region';
}
