import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ALL_OPERATIONS } from '../all.ts';
import { bodyLimitOf, largestJson, MAX_JSON_DEPTH, MAX_JSON_NODES, MAX_OPEN_BODY_BYTES } from './body-limit.ts';

const taking = ALL_OPERATIONS.flatMap((op) => (op.body && !op.upload ? [{ op, largest: largestJson(op.body) }] : []));
const named = (of: typeof taking) => of.map(({ op }) => op.id);

/** In theory 30 or 50 grants with 300 places each, or 500 answers of texts written only as \uXXXX: nobody sends them. */
const BEYOND = ['createAccount', 'createApiKey', 'answerSamePersons'];

describe('given the largest body that each operation takes', () => {
  it('then it is read: within bytes, nodes and depth', () => {
    const cut = taking.filter(({ op, largest }) => largest.bytes > bodyLimitOf(op).bytes);
    expect(named(cut).filter((id) => !BEYOND.includes(id))).toEqual([]);
    expect(named(taking.filter(({ largest }) => largest.depth > MAX_JSON_DEPTH / 2))).toEqual([]);
    expect(named(taking.filter(({ largest }) => largest.nodes > MAX_JSON_NODES))).toEqual([]);
  });

  it('then no body has more than 1 MB, 50 000 values and 32 levels, whatever its schema takes', () => {
    const limits = ALL_OPERATIONS.map(bodyLimitOf);
    expect(Math.max(...limits.map(({ bytes }) => bytes))).toBeLessThanOrEqual(1024 * 1024);
    expect(Math.max(...limits.map(({ nodes }) => nodes))).toBeLessThanOrEqual(50_000);
    const body = z.strictObject({ values: z.array(z.string().max(1000)).max(100_000) });
    expect(bodyLimitOf({ access: ['county-office'], body })).toEqual({ bytes: 1024 * 1024, nodes: 50_000 });
    expect(bodyLimitOf({ access: 'signed-in', body })).toEqual({ bytes: 16 * 1024, nodes: 50_000 });
    expect(MAX_JSON_DEPTH).toBe(32);
  });

  it('then whoever has no role sends 16 kB at most', () => {
    const open = ALL_OPERATIONS.filter((op) => op.access === 'public' || op.access === 'signed-in');
    expect(open.length).toBeGreaterThan(5);
    expect(open.filter((op) => bodyLimitOf(op).bytes > MAX_OPEN_BODY_BYTES).map((op) => op.id)).toEqual([]);
  });
});
