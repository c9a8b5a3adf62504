import { DomainError } from '@bangfu/domain/shared/errors';
import { type Budget, openBudget } from './budget.ts';
import { BATCH_ROWS, type SheetRow, type Workbook } from './model.ts';
import { packRows, signsOf } from './pack.ts';
import { parseWorkbook } from './parse.ts';
import { BATCHES_AHEAD, type ReaderAnswer, type ReaderFailure, type ReaderRequest } from './reader-protocol.ts';

/** The program of the reading process: it reads files that anybody may have made, and has nothing else to lose. */

/** Signs that are sent at once at most, apart from one long row. */
const BATCH_SIGNS = 2 ** 19;
const ALIVE_EVERY_MS = 500;

let book: Workbook | null = null;
let budget: Budget | null = null;
const streams = new Map<number, { taken(): void; stop(): void }>();

const send = (answer: ReaderAnswer) => {
  process.send?.(answer);
};

let shown = 0;
function showProgress(): void {
  const now = performance.now();
  if (now - shown < ALIVE_EVERY_MS) return;
  shown = now;
  send({ kind: 'alive' });
}

function failureOf(error: unknown): ReaderFailure {
  if (error instanceof DomainError) return { code: error.code, params: error.params };
  const system = error instanceof Error && 'code' in error ? String(error.code) : '';
  return { code: 'UNEXPECTED', system, message: error instanceof Error ? error.message : String(error) };
}

/** The same rows in batches that are neither many nor long. @throws DomainError WORKBOOK_TOO_LARGE */
async function* measured(batches: AsyncIterable<SheetRow[]>, charge: Budget): AsyncGenerator<SheetRow[]> {
  let rows: SheetRow[] = [];
  let signs = 0;
  for await (const batch of batches) {
    for (const row of batch) {
      const length = signsOf(row);
      charge.row(row.number, length);
      if (rows.length >= BATCH_ROWS || (rows.length > 0 && signs + length > BATCH_SIGNS)) {
        yield rows;
        rows = [];
        signs = 0;
      }
      rows.push(row);
      signs += length;
    }
  }
  if (rows.length > 0) yield rows;
}

async function sendRows(stream: number, sheet: number): Promise<void> {
  let ahead = 0;
  let stopped = false;
  let wake = () => {};
  streams.set(stream, {
    taken() {
      ahead -= 1;
      wake();
    },
    stop() {
      stopped = true;
      wake();
    },
  });
  try {
    const rows = book?.sheets[sheet]?.rows();
    if (!rows || !budget) throw new Error('no such sheet is open');
    for await (const batch of measured(rows, budget)) {
      while (ahead >= BATCHES_AHEAD && !stopped) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (stopped) break;
      ahead += 1;
      send({ kind: 'rows', stream, rows: packRows(batch) });
    }
    if (!stopped) send({ kind: 'end', stream });
  } catch (error) {
    send({ kind: 'failed', stream, failure: failureOf(error) });
  } finally {
    streams.delete(stream);
  }
}

async function open(request: Extract<ReaderRequest, { kind: 'open' }>): Promise<void> {
  try {
    budget = openBudget(request.limits, showProgress);
    book = await parseWorkbook(request.path, request.limits, budget);
    const sheets = book.sheets.map(({ name, hidden }) => ({ name, hidden }));
    send({ kind: 'opened', workbook: book.kind, sheets });
  } catch (error) {
    send({ kind: 'failed', stream: null, failure: failureOf(error) });
  }
}

async function close(): Promise<void> {
  for (const stream of streams.values()) stream.stop();
  await book?.close();
  book = null;
  budget = null;
  send({ kind: 'closed' });
}

process.on('message', (request: ReaderRequest) => {
  if (request.kind === 'open') void open(request);
  else if (request.kind === 'rows') void sendRows(request.stream, request.sheet);
  else if (request.kind === 'taken') streams.get(request.stream)?.taken();
  else if (request.kind === 'stop') streams.get(request.stream)?.stop();
  else void close();
});
// Its service has ended: nobody is left to read for.
process.on('disconnect', () => process.exit(0));
