/** Waiting that ends early when somebody rings: used by every polling loop. */
export interface Bell {
  /** Ends the present wait, or the next one when nobody waits. */
  ring(): void;
  wait(ms: number): Promise<void>;
}

export function bell(): Bell {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring: () => {
      rung = true;
      wake?.();
    },
    wait: async (ms) => {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = undefined;
      }
      rung = false;
    },
  };
}

/** Back-off of attempt 1, 2, 3 …: doubles from `baseMs` up to `maxMs`, in milliseconds. */
export function backOff(attempt: number, baseMs: number, maxMs: number): number {
  return Math.min(maxMs, baseMs * 2 ** Math.min(attempt - 1, 20));
}

/** The text of whatever was thrown, for the reason of a parked event. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
