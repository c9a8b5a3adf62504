import '@bangfu/testkit/postgres';
import { randomUUID } from 'node:crypto';
import { openPool, type Pool } from '@bangfu/data/pool';
import { defineEvent } from '@bangfu/events/catalog/define';
import type { Envelope } from '@bangfu/events/envelope';
import { applyEvents } from '@bangfu/events/inbox/apply';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import type { ServiceKit } from '../service.ts';
import { type TestService, testService, until } from '../testing/test-service.ts';
import { operationsOver, serveOperations } from './operation.ts';

/** A table of the test's own. */
interface Tables {
  note: { id: string; text: string };
}
const { reaction, job } = operationsOver<Tables>();

const COUNTY = '211999000000';
const words = { zh: '试', en: 'test' };
const WAYS = ['', 'acts', 'acts without an audit row', 'fails'] as const;
const noteTaken = defineEvent({
  type: 'pairing.note.taken.v1',
  summary: words,
  data: z.object({ noteId: z.string(), way: z.enum(WAYS) }),
  key: ({ noteId }) => noteId,
});
const noteHeard = defineEvent({
  type: 'training.note.heard.v1',
  summary: words,
  data: z.object({ noteId: z.string() }),
  key: ({ noteId }) => noteId,
});

const onNoteTaken = reaction(noteTaken, async ({ tx, events, as }) => {
  for (const event of events) {
    const { noteId: id, way } = event.data;
    const [before] = await tx.sql.selectFrom('note').where('id', '=', id).select('text').execute();
    await tx.sql
      .updateTable('note')
      .set({ text: `${before?.text} and known` })
      .where('id', '=', id)
      .execute();
    if (way === 'fails') throw new Error('of the test');
    if (way === '') continue;
    const { audit, emit, caller } = as(event, { id: 'hearNote', status: 200, audit: 'training.note.heard' });
    if (way === 'acts') audit.change('note', id, null, { by: caller.name });
    emit(noteHeard.of(event.countycode, { noteId: id }));
  }
});
const copy = reaction(noteTaken, async ({ tx, events }) => {
  const rows = events.map(({ data }) => ({ id: data.noteId, text: 'heard' }));
  await tx.sql.insertInto('note').values(rows).execute();
});

const ran: unknown[] = [];
const read = job('read-note', {
  input: z.object({ id: z.uuid() }),
  run: async ({ act, input: { id }, stage }) => {
    await stage('reading');
    ran.push(id);
    return act({ id: 'readNote', status: 200, audit: 'training.note.read' }, { id }, async ({ tx, audit }) => {
      const note = await tx.sql.selectFrom('note').where('id', '=', id).select('text').executeTakeFirst();
      if (!note) throw new Error('of the test');
      audit.entry('note', id, note);
      return note;
    });
  },
  settle: async ({ tx, input: { id }, how }) => {
    await tx.sql.insertInto('note').values({ id, text: how }).execute();
  },
});

let kit: ServiceKit;
let world: TestService;
let owner: Pool;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'training', (given: ServiceKit) => {
    kit = given;
    const { router, jobs, reactions } = serveOperations(kit, [[copy, onNoteTaken], [read]]);
    const scopeChoices = `SELECT '' AS county_code, '' AS kind, NULL::uuid AS id, '' AS name, '' AS detail, true AS in_use`;
    return { routers: [router], messages: {}, jobs, reactions, scopeChoices };
  });
  const own = new URL(inject('postgresUrl'));
  own.pathname = new URL(world.urls.app).pathname;
  owner = openPool(own.href, 1);
  await owner.query('CREATE TABLE public.note (id uuid PRIMARY KEY, text text NOT NULL)');
  await owner.query('GRANT SELECT, INSERT, UPDATE ON public.note TO PUBLIC');
});
afterAll(async () => {
  await owner.end();
  await world.stop();
});
beforeEach(async () => {
  await owner.query('DELETE FROM public.note');
});

const note = async (id: string) =>
  (await owner.query<{ text: string }>('SELECT text FROM note WHERE id = $1', [id])).rows[0]?.text;

describe('given an event that two reactions are on', () => {
  let places = 0;
  const hear = async (data: object) => {
    const id = randomUUID();
    const envelope: Envelope = {
      specversion: '1.0',
      id: kit.newId(new Date()),
      source: '/bangfu/pairing',
      type: noteTaken.type,
      subject: id,
      time: '2026-06-01T00:00:00.000Z',
      datacontenttype: 'application/json',
      aggregate: id,
      sequence: 1,
      countycode: COUNTY,
      data: { noteId: id, ...data },
    };
    const { reactions } = serveOperations(kit, [[copy, onNoteTaken]]);
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const inbox = { pool: kit.pool, group: 'test', reactions, log, retry: { attempts: 1, baseMs: 1 } };
    const incoming = {
      topic: noteTaken.topic,
      key: id,
      place: `${noteTaken.topic}/0/${++places}`,
      text: JSON.stringify(envelope),
      envelope,
    };
    await applyEvents(inbox, [incoming]);
    const { rows } = await owner.query(`SELECT reason, detail FROM platform.parked_event WHERE key = $1`, [id]);
    return { id, envelope, parked: rows };
  };
  const actsOf = async (id: string) => {
    const { rows } = await owner.query(
      `SELECT county_code, account_name, request_id, action, change FROM platform.audit_entry WHERE record_id = $1`,
      [id],
    );
    return rows;
  };
  const factsOf = async (id: string) =>
    (await owner.query(`SELECT type, county_code, data FROM platform.outbox_event WHERE key = $1`, [id])).rows;

  it('when it comes, then they follow each other in their order', async () => {
    const { id, parked } = await hear({ way: '' });
    expect(parked).toEqual([]);
    expect(await note(id)).toBe('heard and known');
  });

  it('when one acts, then its audit row and event are those of the service in the county of the event', async () => {
    const { id, envelope } = await hear({ way: 'acts' });
    expect(await actsOf(id)).toEqual([
      {
        county_code: COUNTY,
        account_name: '系统',
        request_id: envelope.id,
        action: 'training.note.heard',
        change: { after: { by: '系统' } },
      },
    ]);
    expect(await factsOf(id)).toEqual([{ type: noteHeard.type, county_code: COUNTY, data: { noteId: id } }]);
  });

  it.each([
    ['acts without an audit row', 'without an audit row'],
    ['fails', 'of the test'],
  ] as const)('when one %s, then nothing of all that is done and the event is parked', async (way, why) => {
    const { id, parked } = await hear({ way });
    expect(parked).toMatchObject([{ reason: 'failed', detail: expect.stringContaining(why) }]);
    expect(await note(id)).toBeUndefined();
    expect([...(await actsOf(id)), ...(await factsOf(id))]).toEqual([]);
  });

  it('when its data are not of its type, then no reaction hears of it', async () => {
    const { id, parked } = await hear({ way: 'another' });
    expect(parked).toMatchObject([{ reason: 'failed', detail: expect.stringContaining('way') }]);
    expect(await note(id)).toBeUndefined();
  });
});

describe('given an ordered job', () => {
  const order = async (input: unknown) => {
    const id = randomUUID();
    await owner.query(
      `INSERT INTO platform.job (id, county_code, kind, title, account_id, account_name, state, input, created_at)
       VALUES ($1::uuid, $2, 'read-note', 't', 'a', 'a', 'waiting', $3, now())`,
      [
        id,
        COUNTY,
        JSON.stringify({ caller: { id: 'a', name: 'a', countyCode: COUNTY, address: '', requestId: '' }, input }),
      ],
    );
    return until('it has ended', async () => {
      const { rows } = await owner.query(
        'SELECT state, result, problem FROM platform.job WHERE id = $1::uuid AND ended_at IS NOT NULL',
        [id],
      );
      return rows[0];
    });
  };

  it('when its input is what its kind takes, then it acts for who ordered it', async () => {
    const id = randomUUID();
    await owner.query(`INSERT INTO note VALUES ($1, 'there')`, [id]);
    const { input } = read.order('t', { id });
    expect(await order(input)).toMatchObject({ state: 'done', result: { text: 'there' } });
    const { rows } = await owner.query(`SELECT account_id, action FROM platform.audit_entry WHERE record_id = $1`, [
      id,
    ]);
    expect(rows).toEqual([{ account_id: 'a', action: 'training.note.read' }]);
  });

  it('when it fails, then its record is given back in the transaction that ends it', async () => {
    const id = randomUUID();
    expect(await order({ id })).toMatchObject({ state: 'failed', problem: { code: 'UNEXPECTED' } });
    expect(await note(id)).toBe('failed');
  });

  it('when its input is something else, then it fails before it does anything', async () => {
    ran.length = 0;
    expect(await order({ id: 7 })).toMatchObject({ state: 'failed', problem: { code: 'UNEXPECTED' } });
    expect(ran).toEqual([]);
  });
});
