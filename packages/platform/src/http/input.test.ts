import type { Server } from 'node:http';
import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import type { Problem } from '@bangfu/contracts/core/problem';
import { strictly } from '@bangfu/contracts/core/strict';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { filledPath, objectsIn, serveAllOperations, skeletons } from '../testing/all-operations.ts';
import { inputErrors } from './input.ts';

const UNKNOWN = 'notKnownHere';
let server: Server;
let address: string;

beforeAll(async () => {
  ({ server, address } = await serveAllOperations());
});
afterAll(() => {
  server.close();
});

async function refused(path: string, init: RequestInit = {}): Promise<Problem> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${address}${path}`, { headers, ...init });
  return { ...((await answer.json()) as Problem), status: answer.status };
}

const named = ({ status, code, errors }: Problem, path: string) =>
  status === 400 && code === 'INPUT_UNKNOWN' && errors?.some((each) => each.path === path);

/** A copy of a value with an unknown field in the object at `path`. */
function withUnknown(value: unknown, path: readonly string[]): unknown {
  const copy = structuredClone(value);
  const within = path.reduce<unknown>((found, step) => (found as Record<string, unknown>)[step], copy);
  (within as Record<string, unknown>)[UNKNOWN] = 1;
  return copy;
}

// Hundreds of requests one after the other: no matter of seconds on a busy machine.
describe('given every operation of the platform', { timeout: 120_000 }, () => {
  it('when its address has an unknown word, then that is refused by its name', async () => {
    const wrong: string[] = [];
    for (const op of ALL_OPERATIONS) {
      const problem = await refused(`${filledPath(op)}?${UNKNOWN}=1`, { method: op.method });
      if (!named(problem, UNKNOWN)) wrong.push(`${op.id}: ${problem.status} ${problem.code}`);
    }
    expect(wrong).toEqual([]);
  });

  it('when its address has a word twice, then neither is taken', async () => {
    const wrong: string[] = [];
    for (const op of ALL_OPERATIONS) {
      const problem = await refused(`${filledPath(op)}?limit=1&limit=2`, { method: op.method });
      if (problem.code !== 'QUERY_REPEATED') wrong.push(`${op.id}: ${problem.status} ${problem.code}`);
    }
    expect(wrong).toEqual([]);
  });

  it('when its body has an unknown field in any object, then that is refused by its path', async () => {
    const wrong: string[] = [];
    let tried = 0;
    for (const op of ALL_OPERATIONS.filter((each) => each.method !== 'GET' && !each.upload)) {
      // What the address needs is given, so that the body is looked at.
      for (const value of op.body ? skeletons(op.body) : [{}]) {
        for (const path of objectsIn(value)) {
          const body = JSON.stringify(withUnknown(value, path));
          const problem = await refused(filledPath(op), { method: op.method, body });
          const place = [...path, UNKNOWN].join('.');
          tried += 1;
          if (!named(problem, place)) wrong.push(`${op.id} ${place}: ${problem.status} ${problem.code}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(150);
  });

  it('when its body is of another kind than JSON, then it is not taken for an empty one', async () => {
    const wrong: string[] = [];
    for (const op of ALL_OPERATIONS.filter((each) => each.method !== 'GET' && !each.upload)) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const { status, code } = await refused(filledPath(op), { method: op.method, body: 'a=1', headers });
      if (code !== 'NOT_JSON') wrong.push(`${op.id}: ${status} ${code}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('given a name that is nearly right', () => {
  const schema = strictly(z.object({ search: z.string().optional(), householdNumber: z.string().optional() }));

  it.each([
    ['serach', 'search'],
    ['Search', 'search'],
    ['household_number', 'householdNumber'],
    ['householdNo', undefined],
    ['x'.repeat(100_000), undefined],
  ])('when one is sent, then the right one is offered', (name, meant) => {
    const parsed = schema.safeParse({ [name]: '1' });
    const [zh] = inputErrors(schema, {}, parsed.error?.issues ?? [], 'zh');
    const [en] = inputErrors(schema, {}, parsed.error?.issues ?? [], 'en');
    expect(zh?.message.includes('是否应为')).toBe(meant !== undefined);
    expect(zh?.message.length).toBeLessThan(100);
    if (meant) expect(en?.message).toContain(`did you mean “${meant}”?`);
  });
});
