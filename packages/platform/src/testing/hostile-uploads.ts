import { monitorEventLoopDelay } from 'node:perf_hooks';
import { ProblemError } from '@bangfu/contracts/core/problem';
import { HOSTILE_FILES } from './hostile-workbooks.ts';
import type { TestService } from './test-service.ts';

/** One quick file of each kind of excess; `spreadsheet/budget.test.ts` has them all. */
const QUICK =
  /^(\.ods, a part of|\.xlsx, 501|\.xlsx, one name twice|\.xlsx, one long string|\.ods, a cell repeated|\.csv, a quote|\.xls, a directory)/;
const MAX_GROWTH_BYTES = 100 * 2 ** 20;
/** The test itself works in the same process, on a machine that may be busy: more than the 100 ms of a service alone. */
const MAX_HELD_MS = 500;
const MADE = HOSTILE_FILES.filter(({ what }) => QUICK.test(what));

/**
 * Brings hostile files to an upload, one after the other. @returns what was wrong: a file that was taken, a refusal
 * without words, memory that the service took, a time it did nothing else, a file that stayed in its store
 */
export async function bringHostile(
  world: Pick<TestService, 'storedFiles'>,
  bring: (body: Buffer, name: string) => Promise<unknown>,
): Promise<string[]> {
  const wrong: string[] = [];
  const stored = await world.storedFiles();
  for (const { what, ending, make } of MADE) {
    const body = make();
    const before = process.memoryUsage().rss;
    const tryOnce = async () => {
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      const end = await bring(body, `x.${ending}`).then(
        () => 'taken',
        (error: unknown) => (error instanceof ProblemError ? error.problem : String(error)),
      );
      delay.disable();
      return { end, heldMs: delay.max / 1e6 };
    };
    let { end, heldMs } = await tryOnce();
    // What a file costs, it costs each time; a busy machine holds up one try and not the next.
    for (let again = 0; heldMs > MAX_HELD_MS && again < 2; again++) ({ end, heldMs } = await tryOnce());
    if (heldMs > MAX_HELD_MS) wrong.push(`${what}: held the service for ${Math.round(heldMs)} ms`);
    const isRefused = typeof end !== 'string' && end.status < 500 && /[\u4e00-\u9fff]/.test(end.title + end.detail);
    if (!isRefused) wrong.push(`${what}: ${JSON.stringify(end)}`);
    const grown = process.memoryUsage().rss - before;
    if (grown > MAX_GROWTH_BYTES) wrong.push(`${what}: ${grown} bytes`);
  }
  const left = (await world.storedFiles()) - stored;
  if (left > 0) wrong.push(`${left} files stayed`);
  if (MADE.length < 7) wrong.push('files are missing');
  return wrong;
}
