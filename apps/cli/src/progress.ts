import type { Job } from '@bangfu/contracts/core/every-service';
import type { Streams } from './output.ts';
import { displayWidth } from './table.ts';

/** Shows how far long work is. */
export interface Progress {
  readonly show: (step: Pick<Job, 'title' | 'stage' | 'done' | 'total'>) => void;
  readonly end: () => void;
}

const BAR_WIDTH = 24;
/** Without a terminal a line at most this often, and one at every stage. */
const LINE_EVERY_MS = 5_000;
/** A stage's rate means nothing in its first moments. */
const SETTLED_S = 0.5;

function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(whole / 60);
  return minutes > 0 ? `${minutes}分${String(whole % 60).padStart(2, '0')}秒` : `${whole}秒`;
}

/** The words beside the bar: how many of how many, per second, time left; a rate of 0 is not known yet. */
export function describeStep(done: number, total: number | null, rate: number): string {
  const count = total === null ? `${done}` : `${done}/${total}`;
  const speed = rate > 0 ? `  ${Math.round(rate)}/秒` : '';
  const left = rate > 0 && total !== null && total > done ? `  剩余${duration((total - done) / rate)}` : '';
  return `${count}${speed}${left}`;
}

function bar(done: number, total: number): string {
  const full = total > 0 ? Math.min(BAR_WIDTH, Math.floor((done / total) * BAR_WIDTH)) : 0;
  return `[${'#'.repeat(full)}${'-'.repeat(BAR_WIDTH - full)}]`;
}

/** A bar redrawn in place on a terminal, lines otherwise. `now` tells milliseconds. */
export function createProgress(stream: Streams['stderr'], now: () => number): Progress {
  let stage: string | null = null;
  let began = { at: 0, done: 0 };
  let lineAt = Number.NEGATIVE_INFINITY;
  let drawn = false;
  return {
    show: (step) => {
      const name = step.stage ?? step.title;
      const entered = name !== stage;
      if (entered) {
        stage = name;
        began = { at: now(), done: step.done };
      }
      const seconds = (now() - began.at) / 1000;
      const words = describeStep(step.done, step.total, seconds < SETTLED_S ? 0 : (step.done - began.done) / seconds);
      if (stream.isTTY) {
        const text = `${name}  ${step.total === null ? '' : `${bar(step.done, step.total)}  `}${words}`;
        // A line longer than the terminal would wrap and could not be redrawn.
        stream.write(`\r\u001b[2K${displayWidth(text) < (stream.columns ?? 80) ? text : `${name}  ${words}`}`);
        drawn = true;
      } else if (entered || now() - lineAt >= LINE_EVERY_MS) {
        lineAt = now();
        stream.write(`${name}  ${words}\n`);
      }
    },
    end: () => {
      if (drawn) stream.write('\r\u001b[2K');
      drawn = false;
    },
  };
}
