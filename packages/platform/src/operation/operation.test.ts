import { buffer } from 'node:stream/consumers';
import '@bangfu/testkit/postgres';
import { call } from '@bangfu/contracts/core/client';
import { operation } from '@bangfu/contracts/core/operation';
import { openPool, type Pool } from '@bangfu/data/pool';
import type { Transaction } from '@bangfu/data/typed-sql';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { nothingToSettle } from '../jobs/job.ts';
import type { ServiceKit } from '../service.ts';
import { grant, type TestService, testService, until } from '../testing/test-service.ts';
import { operationsOver, serveOperations } from './operation.ts';

/** A table of the test's own, beside those of the service. */
interface Tables {
  note: { id: string; text: string };
}
const { command, query, upload } = operationsOver<Tables>();

const WAYS = [
  'with an audit row',
  'for another county',
  'without one',
  'with nothing to do',
  'with an error after it',
] as const;
const ELSEWHERE = '211999000000';
const words = { zh: '试', en: 'test' };
const addNote = operation({
  id: 'addNote',
  owner: 'training',
  method: 'POST',
  path: '/notes',
  summary: words,
  access: ['county-office'],
  audit: 'training.note.added',
  body: z.object({ text: z.string(), way: z.enum(WAYS) }),
  answer: z.object({ id: z.string() }),
});
const bringNote = operation({
  id: 'bringNote',
  owner: 'training',
  method: 'POST',
  path: '/notes/file',
  summary: words,
  access: ['county-office'],
  audit: 'training.note.brought',
  upload: true,
  answer: z.object({ jobId: z.string() }),
});
const listNotes = operation({
  id: 'listNotes',
  owner: 'training',
  method: 'GET',
  path: '/notes',
  summary: words,
  access: ['county-office', 'auditor'],
  unsorted: 'a test',
  answer: z.object({ rows: z.array(z.object({ text: z.string() })), role: z.string() }),
});

const readRole = operation({
  id: 'readRole',
  owner: 'training',
  method: 'GET',
  path: '/role',
  summary: words,
  access: 'public',
  answer: z.object({ role: z.string() }),
});

let kept: Transaction<Tables> | undefined;
const operations = [
  command(addNote, async ({ body, tx, newId, audit }) => {
    const id = newId();
    await tx.sql.insertInto('note').values({ id, text: body.text }).execute();
    if (body.way === 'with an audit row') audit.change('note', id, null, { text: body.text });
    if (body.way === 'for another county') {
      audit.inCounty(ELSEWHERE);
      audit.change('note', id, null, { text: body.text });
    }
    if (body.way === 'with nothing to do') audit.nothing();
    if (body.way === 'with an error after it') {
      audit.change('note', id, null, {});
      throw new Error('of the test');
    }
    kept = tx;
    return { id };
  }),
  upload(
    bringNote,
    async ({ upload: sent }) => ({ text: String(await buffer(sent)) }),
    async ({ brought, tx, newId, audit, orderWork }) => {
      const id = newId();
      await tx.sql
        .insertInto('note')
        .values({ id, ...brought })
        .execute();
      audit.entry('note', id, { text: brought.text });
      const jobId = await orderWork({ kind: 'look', title: brought.text, input: { id } });
      if (brought.text === 'refused') throw new Error('of the test');
      return { jobId };
    },
  ),
  query(readRole, async ({ read }) =>
    read.selectNoFrom(sql<string>`current_user`.as('role')).executeTakeFirstOrThrow(),
  ),
  query(listNotes, async ({ read }) => {
    // @ts-expect-error what reads cannot write
    expect(read.deleteFrom).toBeDefined();
    const none = await read.selectFrom('note').selectAll().where('id', 'in', []).execute();
    expect(none).toEqual([]);
    const { role } = await read.selectNoFrom(sql<string>`current_user`.as('role')).executeTakeFirstOrThrow();
    return { rows: await read.selectFrom('note').select('text').execute(), role };
  }),
];

const looked: unknown[] = [];
let world: TestService;
let owner: Pool;
let lines: Pool;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'training', (kit: ServiceKit) => ({
    routers: [serveOperations(kit, [operations]).router],
    messages: {},
    jobs: {
      look: {
        run: async ({ input }) => {
          looked.push(input);
        },
        settle: nothingToSettle,
      },
    },
    reactions: {},
    scopeChoices: `SELECT '' AS county_code, '' AS kind, NULL::uuid AS id, '' AS name, '' AS detail, true AS in_use`,
  }));
  const own = new URL(inject('postgresUrl'));
  own.pathname = new URL(world.urls.app).pathname;
  owner = openPool(own.href, 1);
  await owner.query('CREATE TABLE public.note (id uuid PRIMARY KEY, text text NOT NULL)');
  await owner.query('GRANT SELECT, INSERT ON public.note TO PUBLIC');
  lines = openPool(world.urls.app, 1);
});
afterAll(async () => {
  await Promise.all([owner.end(), lines.end()]);
  await world.stop();
});
beforeEach(async () => {
  await owner.query('DELETE FROM public.note');
});

const office = () => world.as('office', grant('county-office'));
const add = (way: (typeof WAYS)[number], idempotencyKey: string = way) =>
  call(office(), addNote, { body: { text: way, way }, idempotencyKey });
const notes = async () => (await owner.query<{ text: string }>('SELECT text FROM note')).rows.map(({ text }) => text);
const audited = async () =>
  (await owner.query(`SELECT FROM platform.audit_entry WHERE action = 'training.note.added'`)).rowCount;

describe('given a command', () => {
  it('when it audits a change, then row and audit row are there once, however often it is sent', async () => {
    const first = await add('with an audit row');
    expect(await add('with an audit row')).toEqual(first);
    expect(await notes()).toEqual(['with an audit row']);
    expect(await audited()).toBe(1);
  });

  it('when it acts for another county than its caller, then what is kept of it belongs to that county', async () => {
    await add('for another county');
    const { rows } = await owner.query(
      `SELECT e.county_code AS audit, k.county_code AS key FROM platform.idempotency_key k, platform.audit_entry e
       WHERE k.key = 'for another county' AND e.change #>> '{after,text}' = k.key`,
    );
    expect(rows).toEqual([{ audit: ELSEWHERE, key: ELSEWHERE }]);
  });

  it.each(['without one', 'with an error after it'] as const)('when it ends %s, then nothing is done', async (way) => {
    const before = await audited();
    await expect(add(way)).rejects.toMatchObject({ problem: { status: 500 } });
    expect(await notes()).toEqual([]);
    expect(await audited()).toBe(before);
  });

  it('when it says that there was nothing to do, then it needs no audit row', async () => {
    const before = await audited();
    await add('with nothing to do');
    expect(await audited()).toBe(before);
  });

  it('when its handle is used after its end, then the statement is refused', async () => {
    await add('with an audit row', 'another');
    await expect(kept?.sql.selectFrom('note').selectAll().execute()).rejects.toThrow('the transaction has ended');
  });
});

describe('given a command by an uploaded file', () => {
  const bring = (text: string, idempotencyKey: string) =>
    call(office(), bringNote, { body: Buffer.from(text), idempotencyKey });

  it('when it is sent twice, then it is carried out once, and the work it orders begins', async () => {
    const first = await bring('in a file', 'file');
    expect(await bring('in a file', 'file')).toEqual(first);
    expect(await notes()).toEqual(['in a file']);
    await until('the work is done', async () => looked.length === 1);
    const { rows } = await owner.query(
      `SELECT change FROM platform.audit_entry WHERE action = 'training.note.brought'`,
    );
    expect(rows).toEqual([{ change: { text: 'in a file' } }]);
  });

  it('when another file is sent under the same key, then it is refused', async () => {
    await expect(bring('in another file', 'file')).rejects.toMatchObject({ problem: { code: 'KEY_REUSED' } });
    expect(await notes()).toEqual([]);
  });

  it('when it ends with an error, then the work that it ordered is not there', async () => {
    await expect(bring('refused', 'refused')).rejects.toMatchObject({ problem: { status: 500 } });
    expect((await owner.query(`SELECT FROM platform.job WHERE title = 'refused'`)).rowCount).toBe(0);
  });
});

describe('given a query', () => {
  it('when a watcher asks, then it reads by the role that can only read', async () => {
    const asOffice = await call(office(), listNotes);
    const asAuditor = await call(world.as('auditor', grant('auditor')), listNotes);
    expect(asOffice.role).toBe(decodeURIComponent(new URL(world.urls.app).username));
    expect(asAuditor.role).toBe(decodeURIComponent(new URL(world.urls.read).username));
  });

  it('when the public asks, whoever it is, then it reads by that role too', async () => {
    const reader = decodeURIComponent(new URL(world.urls.read).username);
    expect(await call(world.anonymous, readRole, {})).toEqual({ role: reader });
    expect(await call(office(), readRole, {})).toEqual({ role: reader });
  });
});
