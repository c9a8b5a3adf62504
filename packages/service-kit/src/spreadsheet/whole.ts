import { Worker } from 'node:worker_threads';
import { inSheet, refuse, type WorkbookLimits } from './limits.ts';
import type { Sheet, SheetRow, Workbook, WorkbookKind } from './model.ts';
import type { OdsUnseen } from './ods-unseen.ts';
import type { WholeAnswer, WholeRequest, WholeTask } from './whole-worker.ts';

const THREAD = new URL(import.meta.url.endsWith('.ts') ? './whole-worker.ts' : './whole-worker.js', import.meta.url);

function refuseFailed(failed: string, place = ''): never {
  if (failed === 'encrypted') refuse('WORKBOOK_ENCRYPTED');
  if (failed === 'broken') refuse('WORKBOOK_BROKEN');
  return refuse('WORKBOOK_TOO_LARGE', failed, place);
}

/**
 * Reads .xls, .et and .ods whole, in a thread of its own: a damaged file can neither block the service nor take its
 * memory, since time and heap of the thread are limited.
 * @param unseen what is known of an .ods that the library does not tell
 */
export async function openWhole(
  path: string,
  kind: WorkbookKind,
  limits: WorkbookLimits,
  unseen: OdsUnseen = { hidden: new Set(), unknown: [] },
): Promise<Workbook> {
  const { rows: most, columns, cellLength } = limits;
  const task: WholeTask = { path, rows: most, columns, cellLength, formulas: kind === 'ods', unknown: unseen.unknown };
  const thread = new Worker(THREAD, {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: limits.wholeMemoryMb },
    stdout: true,
    stderr: true,
  });
  let settle: { resolve: (answer: WholeAnswer) => void } | null = null;
  thread.on('message', (answer: WholeAnswer) => settle?.resolve(answer));
  thread.on('error', (error: NodeJS.ErrnoException) => {
    settle?.resolve({ failed: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'broken' });
  });
  thread.on('exit', () => settle?.resolve({ failed: 'broken' }));

  async function ask(request: WholeRequest | null): Promise<WholeAnswer> {
    const { promise, resolve } = Promise.withResolvers<WholeAnswer>();
    settle = { resolve };
    const timer = setTimeout(() => resolve({ failed: 'time' }), limits.wholeMs);
    if (request) thread.postMessage(request);
    const answer = await promise;
    clearTimeout(timer);
    if (!('failed' in answer)) return answer;
    await thread.terminate();
    return refuseFailed(answer.failed, answer.place);
  }

  async function* rows(sheet: number): AsyncGenerator<SheetRow[]> {
    for (let from: number | null = 0; from !== null; ) {
      const answer: WholeAnswer = await ask({ sheet, from });
      if (!('rows' in answer)) return;
      if (answer.rows.length > 0) yield [...answer.rows];
      from = answer.next;
    }
  }

  const opened = await ask(null);
  const sheets = 'sheets' in opened ? opened.sheets : [];
  if (sheets.length === 0 || ('empty' in opened && opened.empty)) {
    await thread.terminate();
    refuse('WORKBOOK_EMPTY');
  }
  return {
    kind,
    sheets: sheets.map(
      ({ name, hidden }, index): Sheet => ({
        name,
        hidden: hidden || unseen.hidden.has(name),
        rows: () => inSheet(name, rows(index)),
      }),
    ),
    close: async () => {
      await thread.terminate();
    },
  };
}
