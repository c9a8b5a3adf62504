import type { Grant } from '@bangfu/domain/shared/roles';
import { type Caller } from '@bangfu/platform/auth/caller';
import { describe, expect, it } from 'vitest';
import type { Gateway } from '../../../gateway.ts';
import type { Asked, Asking, Services } from '../../../services/ask.ts';
import { dossier } from './dossier.ts';

const HOUSEHOLDS: Readonly<Record<string, string>> = { 'N-1': 'id-1', 'N-2': 'id-2' };
const HELPED_BY: Readonly<Record<string, string>> = { 'N-1': 'cadre-1', 'N-2': 'cadre-2' };
const NOW = new Date('2026-06-01T00:00:00Z');
const ASKING: Asking = { token: 'own', language: 'zh', requestId: 'r', address: 'a', deadlineMs: 1 };

const caller = (...grants: Grant[]): Caller => ({
  id: 'me',
  name: '某某',
  countyCode: '990101000000',
  grants,
  usable: grants,
  address: 'a',
  requestId: 'r',
});

/** A gateway whose services keep to their scopes as the real ones do: by what the token says. */
function platform(me: Caller, made: Grant[][] = []): Pick<Gateway, 'services' | 'clock' | 'tokenFor' | 'gatewayToken'> {
  const grantsOf = (token: string | undefined): readonly Grant[] =>
    token === 'own' ? me.grants : token === 'system' ? [] : (JSON.parse(token ?? '[]') as Grant[]);
  const shows = (service: string, number: string, grants: readonly Grant[]) =>
    grants.some(({ role, scope }) => {
      if (role === 'household') return service !== 'evaluation' && 'id' in scope && scope.id === HOUSEHOLDS[number];
      if (role === 'helper') return service === 'pairing' && 'id' in scope && scope.id === HELPED_BY[number];
      return role === 'village-officer';
    });
  const ask = async (service: string, op: { id: string }, input: object, asking: Asking): Promise<Asked<unknown>> => {
    if (op.id === 'findHouseholdKey') {
      const { number } = (input as { query: { number: string } }).query;
      const id = HOUSEHOLDS[number];
      return { state: 'answered', data: { household: id ? { id, number } : null } };
    }
    const { householdNumber } = (input as { params: { householdNumber: string } }).params;
    const problem = { type: '', title: '', status: 404, code: 'NOT_FOUND', detail: '', instance: '' };
    return shows(service, householdNumber, grantsOf(asking.token))
      ? { state: 'answered', data: { sections: [], timeline: [], link: '' } }
      : { state: 'refused', problem };
  };
  return {
    services: { urls: {} as Services['urls'], ask: ask as Services['ask'] },
    clock: () => NOW,
    gatewayToken: async () => 'system',
    tokenFor: async (_account, grants) => {
      made.push([...grants]);
      return JSON.stringify(grants);
    },
  };
}

const helper: Grant = { role: 'helper', scope: { kind: 'helper', id: 'cadre-1' } };
async function seenBy(me: Caller, number: string, made?: Grant[][]): Promise<string[]> {
  const { parts } = await dossier(platform(me, made) as Gateway, me, number, ASKING);
  return parts.filter((part) => part.dossier).map((part) => part.service);
}

describe('given a helper', () => {
  it('when he opens a household he helps, then he sees what it sees itself, and his token opens no other', async () => {
    const made: Grant[][] = [];
    expect(await seenBy(caller(helper), 'N-1', made)).toEqual(['identification', 'pairing', 'industry', 'training']);
    expect(made).toEqual([[helper], [{ role: 'household', scope: { kind: 'household', id: 'id-1' } }]]);
  });

  it.each(['N-2', 'N-3'])(
    'when he opens %s, which he does not help, then it is as if it were not there',
    async (number) => {
      await expect(seenBy(caller(helper), number)).rejects.toMatchObject({ status: 404 });
    },
  );

  it('when his grant is over, then nothing opens', async () => {
    const over = { ...helper, until: '2026-05-31T00:00:00Z' };
    const made: Grant[][] = [];
    await seenBy(caller(over), 'N-2', made).catch(() => undefined);
    expect(made).toEqual([]);
  });

  it('when another office of his shows a household he does not help, then his help adds nothing', async () => {
    const made: Grant[][] = [];
    const officer: Grant = { role: 'village-officer', scope: { kind: 'region', code: '990101001001' } };
    expect(await seenBy(caller(helper, officer), 'N-2', made)).toContain('identification');
    expect(made).toEqual([[helper]]);
  });
});
