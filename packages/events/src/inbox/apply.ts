import type { Pool, PoolClient } from 'pg';
import type { EventDefinition } from '../catalog/define.ts';
import { isUnavailableCode } from '@bangfu/data/connection';
import type { Envelope } from '../envelope.ts';
import type { Log } from '../ports.ts';
import { type SqlOn, pgSql } from '@bangfu/data/sql';
import { backOff, bell, reasonOf } from '../wait.ts';
import {
  type Incoming,
  type KeyState,
  KeyTaken,
  type Parking,
  lockStates,
  park,
  stateKey,
  storePlaces,
  storeStates,
} from './store.ts';

/**
 * What a service does on events of one type. A batch holds each key at most once, so that one `insert … on conflict`
 * can project it. All happens in the transaction of `sql`; anything done outside of it can happen twice.
 */
export interface Reaction {
  batch: (sql: SqlOn<PoolClient>, events: Envelope[]) => Promise<void>;
}

/** By event type. Events of other types of the same topics only move the place of their key. */
export type Reactions = Readonly<Record<string, Reaction>>;

/** A reaction on an event of the catalogue, with its data read and typed. */
export function reaction<Data extends Record<string, unknown>>(
  definition: EventDefinition<Data>,
  batch: (sql: SqlOn<PoolClient>, events: Envelope<Data>[]) => Promise<void>,
): Reactions {
  const read = (event: Envelope): Envelope<Data> => ({ ...event, data: definition.data.parse(event.data) });
  return { [definition.type]: { batch: (sql, events) => batch(sql, events.map(read)) } };
}

export interface Inbox {
  /** The service's own database. */
  pool: Pool;
  group: string;
  reactions: Reactions;
  log: Log;
  /** Trials of an event that fails alone, before it is parked. */
  retry?: { attempts: number; baseMs: number };
}

const DEFAULT_RETRY = { attempts: 3, baseMs: 20 };

/** Rolled back for another's sake, or a lock that was not free (PostgreSQL, appendix A). */
const PASSING = /^(40...|55P03)$/;

/** The database's or the network's fault, never an event's: wait and try all of it again. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return error instanceof KeyTaken || isUnavailableCode(code) || PASSING.test(code);
}

async function inTransaction<R>(pool: Pool, work: (client: PoolClient) => Promise<R>): Promise<R> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Runs of one type without a repeated key, in order. */
function runsOf(events: readonly Envelope[]): Envelope[][] {
  const runs: Envelope[][] = [];
  let keys = new Set<string>();
  for (const event of events) {
    const run = runs.at(-1);
    if (run && run[0]?.type === event.type && !keys.has(event.aggregate)) run.push(event);
    else {
      runs.push([event]);
      keys = new Set();
    }
    keys.add(event.aggregate);
  }
  return runs;
}

/** Whether a number that a key has passed was this event's; what is older than the ids that are kept is taken for it. */
function isRepeat({ last, recent }: KeyState, { sequence, id }: Envelope): boolean {
  const known = recent.at(sequence - last - 1);
  return last - sequence >= recent.length || known === id;
}

/** Decides for each event: apply, ignore as a repeat, or park. Moves `last` of the states on. */
function sortOut(list: readonly Incoming[], states: Awaited<ReturnType<typeof lockStates>>) {
  const apply: Envelope[] = [];
  const parkings: Parking[] = [];
  const moved = new Set<string>();
  for (const incoming of list) {
    const { envelope } = incoming;
    const id = stateKey(incoming);
    const state = states.get(id);
    if (!state) throw new Error(`no state of ${id}`);
    if (!envelope) {
      parkings.push({ incoming, reason: 'unreadable', detail: 'not a CloudEvents envelope of this platform' });
    } else if (envelope.sequence <= state.last) {
      if (isRepeat(state, envelope)) continue;
      const detail = `number ${envelope.sequence} was another event's; last was ${state.last}`;
      parkings.push({ incoming, reason: 'rewound', detail });
      state.parked = Math.min(state.parked ?? envelope.sequence, envelope.sequence);
    } else if (
      envelope.sequence === state.last + 1 &&
      (state.parked === undefined || state.parked > envelope.sequence)
    ) {
      apply.push(envelope);
      state.last = envelope.sequence;
      state.recent.push(envelope.id);
      moved.add(id);
    } else {
      const reason = state.parked === undefined || state.parked > state.last + 1 ? 'gap' : 'behind';
      parkings.push({ incoming, reason, detail: `expected ${state.last + 1}` });
      state.parked = Math.min(state.parked ?? envelope.sequence, envelope.sequence);
    }
  }
  return { apply, parkings, moved: [...states].filter(([id]) => moved.has(id)).map(([, state]) => state) };
}

/** Keys of which a parked event may be next now. */
export type Freed = { topic: string; key: string }[];

/** Applies events in one transaction: effects, places and parkings together. Throws and leaves nothing when one fails. */
async function applyAll(inbox: Inbox, list: readonly Incoming[], redriving: boolean): Promise<Freed> {
  return inTransaction(inbox.pool, async (client) => {
    const sql = pgSql(client);
    const states = await lockStates(sql, inbox.group, list);
    if (redriving) for (const state of states.values()) state.parked = undefined;
    const { apply, parkings, moved } = sortOut(list, states);
    for (const run of runsOf(apply)) {
      const type = run[0]?.type ?? '';
      await inbox.reactions[type]?.batch(sql, run);
    }
    await storeStates(sql, inbox.group, moved);
    await park(sql, inbox.group, parkings);
    if (!redriving) await storePlaces(sql, inbox.group, list);
    return moved.filter((state) => state.parked !== undefined && state.parked > 0);
  });
}

/**
 * Applies events in order. When the transaction fails by one of them, halves find it: it is tried again alone, then
 * parked with its reason, and the later ones of its key park behind it. Throws only on what may pass by itself.
 */
export async function applyEvents(inbox: Inbox, list: readonly Incoming[], redriving = false): Promise<Freed> {
  if (list.length === 0) return [];
  const { attempts, baseMs } = inbox.retry ?? DEFAULT_RETRY;
  const [only] = list;
  for (let attempt = 1; ; attempt++) {
    try {
      return await applyAll(inbox, list, redriving);
    } catch (error) {
      if (isPassing(error)) throw error;
      if (list.length > 1) break;
      if (attempt >= attempts && only) {
        const detail = reasonOf(error);
        const { group, log } = inbox;
        log.error({ group, topic: only.topic, key: only.key, type: only.envelope?.type, err: error }, 'event parked');
        await park(pgSql(inbox.pool), group, [{ incoming: only, reason: 'failed', detail }]);
        return [];
      }
      await bell().wait(backOff(attempt, baseMs, baseMs * 100));
    }
  }
  const middle = list.length >> 1;
  const first = await applyEvents(inbox, list.slice(0, middle), redriving);
  return [...first, ...(await applyEvents(inbox, list.slice(middle), redriving))];
}
