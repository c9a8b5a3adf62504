import type { Server } from 'node:http';
import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import { page } from '@bangfu/contracts/core/common';
import type { Problem } from '@bangfu/contracts/core/problem';
import { defOf, fieldsOf } from '@bangfu/contracts/core/strict';
import { DomainError } from '@bangfu/domain/shared/errors';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCommand } from '../db/command.ts';
import { callEvery, serveAllOperations } from '../testing/all-operations.ts';
import { validValue } from '../testing/valid-input.ts';
import { shownAnswer } from './answer.ts';
import { Refusal } from './refusal.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** A transaction that says whether it was committed; nothing in it needs a database. */
function transaction() {
  const log = { committed: 0 };
  const sql = { query: async <R>(): Promise<R[]> => [] };
  const open = async <T>(work: (tx: null, at: typeof sql) => Promise<T>): Promise<T> => {
    const result = await work(null, sql);
    log.committed += 1;
    return result;
  };
  return { log, open: Object.assign(open, { keyHash: String }) };
}

const COMMANDS = ALL_OPERATIONS.filter((op) => op.method !== 'GET' && op.answers !== 'file');
const ANSWERING = COMMANDS.filter((op) => op.status !== 204);
const id = () => '01a20468-32ad-7d75-9ac5-f964ab1f0142';
const DONE = '操作已经生效，只是结果没能显示。请刷新页面查看，不要重复提交；如有疑问，请把编号告诉管理员';

/** A value that no contract has. */
const UNSHOWABLE = Symbol('beyond every contract');

describe('given every command of the platform', { timeout: 120_000 }, () => {
  it('when its answer cannot be shown, then nothing is committed, and that is what is said', async () => {
    const { log, open } = transaction();
    const served = await serveAllOperations(
      (op) =>
        async ({ caller, now }) =>
          runCommand(open, id, op, { caller, now }, null, async () => ({ answer: UNSHOWABLE, audit: [] })),
    );
    server = served.server;
    const said = await callEvery(served.address, ANSWERING);
    const wrong = said.filter(({ status, problem }) => status !== 422 || problem?.code !== 'RECORD_UNSHOWN');
    expect(wrong).toEqual([]);
    expect(said.length).toBeGreaterThan(60);
    expect(log.committed).toBe(0);
  });

  it.each([
    ['an unexpected error', () => new Error('beyond')],
    ['a record that is no longer within reach', () => new Refusal(404, 'NOT_FOUND')],
    ['a rule', () => new DomainError('SUM_TOO_LARGE')],
  ])('when %s comes after its commit, then it says that it is done', async (_, failure) => {
    const { log, open } = transaction();
    const served = await serveAllOperations((op) => async ({ caller, now }) => {
      await runCommand(open, id, { id: op.id }, { caller, now }, null, async () => ({ answer: null, audit: [] }));
      throw failure();
    });
    server = served.server;
    const said = await callEvery(served.address, COMMANDS);
    const wrong = said.filter(({ status, problem }) => status !== 422 || problem?.code !== 'DONE_UNSHOWN');
    expect(wrong).toEqual([]);
    expect(said.map(({ problem }) => problem?.title)).toEqual(said.map(() => DONE));
    expect(log.committed).toBe(said.length);
  });

  it('when it fails before its commit, then it never says that it is done', async () => {
    const { log, open } = transaction();
    const served = await serveAllOperations(
      (op) =>
        async ({ caller, now }) =>
          runCommand(open, id, { id: op.id }, { caller, now }, null, async () => Promise.reject(new Error('before'))),
    );
    server = served.server;
    const said = await callEvery(served.address, COMMANDS);
    expect(said.filter(({ problem }) => problem?.code !== 'UNEXPECTED')).toEqual([]);
    expect(log.committed).toBe(0);
  });
});

/** Lists of the platform, and how one of their rows is made that nobody can show. */
const LISTS = ALL_OPERATIONS.filter((op) => {
  const { rows } = fieldsOf(defOf(op.answer)) ?? {};
  return rows && defOf(rows).type === 'array';
});

describe('given every list of the platform', () => {
  it('when each row of it holds a value that cannot be shown, then it answers, and names what it leaves out', () => {
    const unread = LISTS.filter((op) => {
      const answer = { ...(validValue(op.answer) as object), rows: [UNSHOWABLE, UNSHOWABLE] };
      const shown = shownAnswer(op.answer, answer, 'zh') as { rows: unknown[]; unshown: unknown[] };
      return shown.rows.length > 0;
    });
    expect(LISTS.length).toBeGreaterThan(40);
    expect(unread.map((op) => op.id)).toEqual([]);
  });

  const Row = z.object({ id: z.string(), stakeFen: z.int() });
  const good = { id: 'a', stakeFen: 100 };

  it.each([2n ** 53n, 2 ** 53, Number.NaN, null, 1.5])(
    'when one of three rows has a sum of %s, then the two others are there',
    (bad) => {
      const answer = { rows: [good, { id: 'b', stakeFen: bad }, { ...good, id: 'c' }], total: 3, next: null };
      const left: string[] = [];
      const shown = shownAnswer(page(Row), answer, 'zh', (what) => left.push(...what));
      expect(shown.rows.map((row) => row.id)).toEqual(['a', 'c']);
      expect(shown).toMatchObject({ total: 3, unshown: left });
      expect(left).toEqual([expect.stringMatching(/^b: /)]);
    },
  );

  it('when the list stands within another answer, then the rest of the answer is there', () => {
    const schema = z.object({ title: z.string(), lines: page(Row) });
    const shown = shownAnswer(
      schema,
      { title: '公示', lines: { rows: [{ id: 'b' }, good], total: 2, next: null } },
      'en',
    );
    expect(shown).toMatchObject({ title: '公示', lines: { rows: [good], unshown: [expect.stringMatching(/^b: /)] } });
  });

  it('when what is wrong is no row, then the fields are named', () => {
    const act = () => shownAnswer(page(Row), { rows: [], total: 2n ** 60n, next: null }, 'zh');
    expect(act).toThrow(expect.objectContaining({ status: 422, code: 'RECORD_UNSHOWN' }) as Problem & Error);
  });
});
