import type { Operation } from '@bangfu/contracts/core/operation';
import { showsSecret } from '@bangfu/contracts/core/shown-once';
import type { NewEvent } from '@bangfu/events/catalog/define';
import { appendEvents } from '@bangfu/events/outbox/append';
import type { Sql } from '@bangfu/data/sql';
import { type AuditEntry, writeAudit } from '../audit/entry.ts';
import { canonicalHash } from '../audit/hash.ts';
import type { Caller } from '../auth/caller.ts';
import { noteDone, shownAnswer } from '../http/answer.ts';
import { Refusal } from '../http/refusal.ts';
import type { KeyHash } from '../secrets/keyed-hash.ts';
import { isCrossed } from '@bangfu/data/failure';

/** Opens the service's transaction: for its own tables as `Tx`, and as plain SQL for the kit's tables. */
export interface OpenTransaction<Tx> {
  <T>(work: (tx: Tx, sql: Sql) => Promise<T>): Promise<T>;
  /** Keys the hash of a command's input, which its repeats are known by. */
  readonly keyHash: KeyHash;
}

/** Who acts and when; a route's call is one, a job and the demo make their own. */
export interface Actor {
  readonly caller: Caller;
  readonly now: Date;
  readonly idempotencyKey?: string | undefined;
  readonly language?: 'zh' | 'en';
}

/** The operation of a command; without `answer` when the command returns something else than the operation answers. */
export type ActedOperation = Pick<Operation, 'id' | 'status' | 'audit'> & Partial<Pick<Operation, 'answer'>>;

/** An operation whose command returns an internal value, from which the answer is made later; none of it is kept. */
export const answeringInside = ({ answer: _answer, ...op }: Operation): ActedOperation => op;

/** What a use case hands back: its answer, what it did for the audit, and the facts others hear. */
export interface Outcome<Answer> {
  readonly answer: Answer;
  readonly audit: readonly Omit<AuditEntry, 'id'>[];
  readonly events?: readonly NewEvent[];
  /** The county of what is kept of it where it is not the caller's: the public has none of its own. */
  readonly countyCode?: string;
}

/** Makes ids of records, events and audit rows; given so that tests and the demo repeat themselves. */
export type NewId = (now: Date) => string;

/**
 * Runs one command in one transaction: the repeat of a key answers what the first did, the use case decides and
 * writes, then audit and outbox rows join it before the commit (architecture, "a command walks one way"). The answer
 * is checked by its contract before the commit. @throws Refusal 422 RECORD_UNSHOWN; the command is rolled back
 */
export async function runCommand<Tx, Answer>(
  open: OpenTransaction<Tx>,
  newId: NewId,
  op: ActedOperation,
  actor: Actor,
  input: unknown,
  useCase: (tx: Tx, sql: Sql) => Promise<Outcome<Answer>>,
): Promise<Answer> {
  const done = await again(open, async (tx, sql) => {
    const repeat = await claimKey<Answer>(sql, open.keyHash, op, actor, input);
    if (repeat) return repeat.answer;
    const outcome = await useCase(tx, sql);
    // An answer that cannot be shown rolls the command back, so that “nothing was done” is true.
    if (op.answer && op.status !== 204) shownAnswer(op.answer, outcome.answer, actor.language ?? 'zh');
    const { countyCode = actor.caller.countyCode } = outcome;
    await writeAudit(
      sql,
      { ...actor.caller, countyCode },
      outcome.audit.map((entry) => ({ ...entry, id: newId(actor.now) })),
      actor.now,
    );
    if (outcome.events && outcome.events.length > 0) {
      await appendEvents(sql, outcome.events, actor.now, () => newId(actor.now));
    }
    if (actor.idempotencyKey) {
      const { status, answer } = keptOf(op, outcome.answer);
      await sql.query(
        `UPDATE platform.idempotency_key SET status = $3::int, answer = $4::jsonb, county_code = $5
         WHERE account_id = $1 AND key = $2`,
        [actor.caller.id, actor.idempotencyKey, status, JSON.stringify(answer), countyCode],
      );
    }
    return outcome.answer;
  });
  noteDone();
  return done;
}

/** The status under which it is kept that an answer showed a secret, instead of the answer. */
const SHOWN = 409;

/** What is kept of an answer for a repeat of its key: the answer, or of one with a secret only that it was shown. */
function keptOf(op: ActedOperation, answer: unknown): { status: number; answer: unknown } {
  if (!op.answer) throw new Error(`${op.id} answers by no contract, so nothing of it may be kept for a repeat`);
  if (showsSecret(op.answer, answer)) return { status: SHOWN, answer: null };
  return { status: op.status ?? 200, answer: answer ?? null };
}

/** As often as two commands may be expected to cross each other in a row. */
const ATTEMPTS = 3;

/** Does the work in a transaction, and anew when it crossed another one and lost. */
async function again<Tx, T>(open: OpenTransaction<Tx>, work: (tx: Tx, sql: Sql) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await open(work);
    } catch (error) {
      if (attempt === ATTEMPTS || !isCrossed(error)) throw error;
    }
  }
}

/** Takes the key for this transaction; a second one with the same key waits here until the first has committed. */
async function claimKey<Answer>(
  sql: Sql,
  keyHash: KeyHash,
  op: Pick<Operation, 'id'>,
  actor: Actor,
  input: unknown,
): Promise<{ answer: Answer } | null> {
  if (!actor.idempotencyKey) return null;
  const requestHash = keyHash(canonicalHash({ operation: op.id, input: input ?? null }));
  const claimed = await sql.query<{ key: string }>(
    `INSERT INTO platform.idempotency_key (account_id, key, operation, request_hash, status, county_code)
     VALUES ($1, $2, $3, $4, 0, $5) ON CONFLICT DO NOTHING RETURNING key`,
    [actor.caller.id, actor.idempotencyKey, op.id, requestHash, actor.caller.countyCode],
  );
  if (claimed.length > 0) return null;
  const [earlier] = await sql.query<{ request_hash: string; status: number; answer: Answer }>(
    'SELECT request_hash, status, answer FROM platform.idempotency_key WHERE account_id = $1 AND key = $2',
    [actor.caller.id, actor.idempotencyKey],
  );
  if (!earlier || earlier.request_hash !== requestHash) throw new Refusal(422, 'KEY_REUSED');
  if (earlier.status === SHOWN) throw new Refusal(409, 'SHOWN_ONCE');
  return { answer: earlier.answer };
}
