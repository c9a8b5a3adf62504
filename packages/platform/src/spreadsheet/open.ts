import { setImmediate } from 'node:timers/promises';
import { DomainError } from '@bangfu/domain/shared/errors';
import { DEFAULT_LIMITS, type WorkbookLimits } from './limits.ts';
import type { SheetRow, Workbook } from './model.ts';
import { unpackRows } from './pack.ts';
import type { Lost, WorkerProcess } from '../processes/worker-pool.ts';
import { errorOf, lostError, takeReader } from './reader.ts';
import type { ReaderAnswer, ReaderRequest } from './reader-protocol.ts';

type Listener = (answer: ReaderAnswer) => void;

/** One file in its reading process: requests, the answers to each, and what ends all of them. */
function conversation(
  reader: WorkerProcess<ReaderRequest, ReaderAnswer>,
  limits: WorkbookLimits,
  signal: AbortSignal | undefined,
) {
  const listeners = new Map<number | null, Listener>();
  const waiting = new Set<(error: Error) => void>();
  let lost: Error | null = null;
  let lastSign = Date.now();
  const onLost = (why: Lost) => {
    lost ??= lostError(why);
    clearInterval(stall);
    signal?.removeEventListener('abort', abort);
    for (const reject of waiting) reject(lost);
    waiting.clear();
  };
  const abort = () => reader.kill(signal?.reason as Error);
  // Only while something is asked: its user may take as long as it likes with what it has.
  const stall = setInterval(
    () => {
      const isStalled = waiting.size > 0 && Date.now() - lastSign > limits.stalledMs;
      if (isStalled) reader.kill(new DomainError('WORKBOOK_TOO_LARGE', { detail: 'time', place: '' }));
    },
    Math.min(1_000, limits.stalledMs),
  );
  signal?.addEventListener('abort', abort, { once: true });
  reader.use(
    (answer) => {
      lastSign = Date.now();
      if (answer.kind === 'alive') return;
      listeners.get('stream' in answer ? answer.stream : null)?.(answer);
    },
    onLost,
    limits.memoryMb,
  );

  return {
    /** The answers of one stream, or those to the file itself, in their order. */
    listen(stream: number | null) {
      const queue: ReaderAnswer[] = [];
      let wake = () => {};
      listeners.set(stream, (answer) => {
        queue.push(answer);
        wake();
      });
      return {
        async next(): Promise<ReaderAnswer> {
          if (queue.length === 0) {
            if (lost) throw lost;
            lastSign = Date.now();
            const { promise, resolve, reject } = Promise.withResolvers<void>();
            wake = resolve;
            waiting.add(reject);
            await promise.finally(() => waiting.delete(reject));
          }
          const answer = queue.shift();
          if (!answer) throw new Error('a reading process answered nothing');
          if (answer.kind === 'failed') throw errorOf(answer.failure);
          return answer;
        },
        end: () => listeners.delete(stream),
      };
    },
    isLost: () => lost !== null,
    done() {
      clearInterval(stall);
      signal?.removeEventListener('abort', abort);
    },
  };
}

let streams = 0;

/**
 * Opens a workbook in a reading process, its kind found by its content. What is read is charged to one budget, the
 * process has a ceiling of memory and a low priority, and a file that shows no progress for a minute is given up.
 * @param signal ends the reading, with its reason, whatever the file makes the process do
 * @throws DomainError NOT_A_WORKBOOK, WORKBOOK_MARKUP, TEXT_QUOTE_OPEN, WORKBOOK_EMPTY, WORKBOOK_TOO_LARGE, ZIP_BOMB,
 * WORKBOOK_ENCRYPTED or WORKBOOK_BROKEN; reading the rows can throw them too. Refusal 503 READERS_BUSY
 */
export async function openWorkbook(
  path: string,
  options: Partial<WorkbookLimits> = {},
  signal?: AbortSignal,
): Promise<Workbook> {
  const limits = { ...DEFAULT_LIMITS, ...options };
  const reader = await takeReader(signal);
  const talk = conversation(reader, limits, signal);
  const file = talk.listen(null);
  let isClosed = false;

  async function close(): Promise<void> {
    if (isClosed) return;
    isClosed = true;
    try {
      if (!talk.isLost()) {
        reader.send({ kind: 'close' });
        while ((await file.next()).kind !== 'closed');
      }
    } catch {
      // Ended meanwhile: nothing is left to close.
    }
    talk.done();
    reader.release();
  }

  async function* rows(sheet: number): AsyncGenerator<SheetRow[]> {
    const stream = ++streams;
    const answers = talk.listen(stream);
    let isOver = false;
    reader.send({ kind: 'rows', stream, sheet });
    try {
      for (;;) {
        const answer = await answers.next();
        if (answer.kind === 'rows') {
          reader.send({ kind: 'taken', stream });
          // Batches that have come already would be worked off without a pause.
          await setImmediate();
          yield unpackRows(answer.rows);
        } else {
          isOver = true;
          return;
        }
      }
    } finally {
      answers.end();
      if (!isOver) reader.send({ kind: 'stop', stream });
    }
  }

  try {
    reader.send({ kind: 'open', path, limits });
    const opened = await file.next();
    if (opened.kind !== 'opened') throw new Error('a file was not opened');
    return {
      kind: opened.workbook,
      sheets: opened.sheets.map(({ name, hidden }, index) => ({ name, hidden, rows: () => rows(index) })),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
