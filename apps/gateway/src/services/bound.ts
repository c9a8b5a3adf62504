import { BOUND_KINDS, everyService } from '@bangfu/contracts/core/every-service';
import { listRegions } from '@bangfu/contracts/identification/regions';
import type { Grant, Scope } from '@bangfu/domain/shared/roles';
import type { Caller } from '@bangfu/platform/auth/caller';
import type { Gateway } from '../gateway.ts';
import { DEADLINE_MS } from './asking.ts';

/** Why what a scope speaks of cannot be taken as existing. */
export type Missing = 'no-region' | 'no-record' | 'unanswered';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What is missing of the divisions and records some scopes name: by the copy of the divisions, asked once for all of
 * them, and by each record's service.
 * @returns of the first scope that names something missing; null when everything exists
 */
export async function missingOf(gateway: Gateway, scopes: readonly Scope[], from: Caller): Promise<Missing | null> {
  const regions = await findRegions(gateway, scopes.flatMap(regionsOf), from);
  for (const scope of scopes) {
    const record = 'id' in scope ? await missingRecord(gateway, scope, from) : null;
    if (record) return record;
    if (!regionsOf(scope).every((code) => regions.there.has(code))) return regions.otherwise;
  }
  return null;
}

function regionsOf(scope: Scope): readonly string[] {
  if (scope.kind === 'region') return [scope.code];
  return scope.kind === 'evaluation' ? scope.regions : [];
}

const askingIn = (from: Caller, token: string) => ({
  token,
  language: 'zh' as const,
  requestId: from.requestId,
  address: from.address,
  deadlineMs: DEADLINE_MS,
});

async function missingRecord(
  gateway: Gateway,
  { kind, id }: Extract<Scope, { readonly id: string }>,
  from: Caller,
): Promise<Missing | null> {
  if (!UUID.test(id)) return 'no-record';
  const owner = BOUND_KINDS[kind];
  const asking = askingIn(from, await gateway.tokenFor(from, from.usable));
  const asked = await gateway.services.ask(
    owner,
    everyService(owner).listScopeChoices,
    { query: { kind, id } },
    asking,
  );
  if (asked.state === 'absent') return 'unanswered';
  return asked.state === 'answered' && asked.data.rows.some((row) => row.id === id) ? null : 'no-record';
}

/**
 * Which of some divisions exist, and what is to be said of the others. The county itself is the installation's own, and
 * exists before its divisions have arrived.
 */
async function findRegions(
  gateway: Gateway,
  codes: readonly string[],
  from: Caller,
): Promise<{ there: ReadonlySet<string>; otherwise: Missing }> {
  const copied = await gateway.sql.selectFrom('region').where('code', 'in', codes).select('code').execute();
  const there = new Set([gateway.countyCode, ...copied.map(({ code }) => code)]);
  if (codes.every((code) => there.has(code))) return { there, otherwise: 'no-region' };
  // The copy follows by events: what was imported a moment ago may not be in it yet.
  const office: Grant = { role: 'county-office', scope: { kind: 'region', code: gateway.countyCode } };
  const { id, name, countyCode } = from;
  const token = await gateway.tokenFor({ id, name, countyCode, grants: [office] }, [office]);
  const answer = await gateway.services.ask('identification', listRegions, {}, askingIn(from, token));
  if (answer.state === 'answered') for (const { code } of answer.data.rows) there.add(code);
  return { there, otherwise: answer.state === 'absent' ? 'unanswered' : 'no-region' };
}
