import '@bangfu/testkit/postgres';
import { call } from '@bangfu/contracts/core/client';
import { operation } from '@bangfu/contracts/core/operation';
import { clientOfTransaction } from '@bangfu/data/pool';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import type { ServiceKit } from '../service.ts';
import { grant, type TestService, testService } from '../testing/test-service.ts';
import { operationsOver, serveOperations } from './operation.ts';

const { procedure } = operationsOver<object>();
const WAYS = ['as it should', 'without its command', 'with an error inside'] as const;
const keep = operation({
  id: 'keepInMind',
  owner: 'training',
  method: 'POST',
  path: '/minds',
  summary: { zh: '试', en: 'test' },
  access: ['county-office'],
  audit: 'training.mind.kept',
  body: z.object({ way: z.enum(WAYS) }),
  answer: z.object({ sent: z.string() }),
});

const steps: string[] = [];
const note = (step: string) => void steps.push(`${step}${clientOfTransaction() ? ' in a transaction' : ''}`);
const operations = [
  procedure(keep, async ({ body, request, response, act }) => {
    note('before');
    if (body.way === 'without its command') return { sent: '' };
    const answer = await act(async ({ audit, newId, afterCommit }) => {
      note('inside');
      afterCommit(() => note('when committed'));
      audit.entry('mind', newId(), null);
      if (body.way === 'with an error inside') throw new Error('of the test');
      return { sent: request.get('x-sent') ?? '' };
    });
    note('after');
    response.append('set-cookie', 'kept=1');
    return answer;
  }),
];

let world: TestService;
beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'training', (kit: ServiceKit) => ({
    routers: [serveOperations(kit, [operations]).router],
    messages: {},
    jobs: {},
    reactions: {},
    scopeChoices: `SELECT '' AS county_code, '' AS kind, NULL::uuid AS id, '' AS name, '' AS detail, true AS in_use`,
  }));
});
afterAll(() => world.stop());
beforeEach(() => void steps.splice(0));

let cookies: string[] = [];
const send = (way: (typeof WAYS)[number]) => {
  const office = world.as('office', grant('county-office'));
  const sent: typeof fetch = async (address, init) => {
    const headers = new Headers(init?.headers);
    headers.set('x-sent', 'by hand');
    const answer = await (office.fetch ?? fetch)(address, { ...init, headers });
    cookies = answer.headers.getSetCookie();
    return answer;
  };
  return call({ ...office, fetch: sent }, keep, { body: { way } });
};

describe('given a procedure', () => {
  it('when it is called, then only its command is in the transaction, and it reads and sets headers', async () => {
    expect(await send('as it should')).toEqual({ sent: 'by hand' });
    expect(cookies).toEqual(['kept=1']);
    expect(steps).toEqual(['before', 'inside in a transaction', 'when committed', 'after']);
  });

  it('when its command fails, then nothing of what waits for the commit is done', async () => {
    await expect(send('with an error inside')).rejects.toMatchObject({ problem: { status: 500 } });
    expect(cookies).toEqual([]);
    expect(steps).toEqual(['before', 'inside in a transaction']);
  });

  it('when it answers without its command, then the answer is an error', async () => {
    await expect(send('without its command')).rejects.toMatchObject({ problem: { status: 500 } });
  });
});
