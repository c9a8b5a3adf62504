import type { Demo } from '../local/options.ts';
import type { Platform } from '../local/platform.ts';

/** Fills an empty register with the demo county. */
export async function loadDemo(_given: {
  platform: Platform;
  demo: Demo;
  county: string;
  adminPassword: string;
  say: (line: string) => void;
}): Promise<void> {}
