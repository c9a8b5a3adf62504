import { readFileSync } from 'node:fs';
import type { Clock } from '@bangfu/domain/shared/time';

/**
 * The machine's time moved by as many milliseconds as stand in the file that BANGFU_TEST_CLOCK names, read anew each
 * time, so that a test can let days pass while the platform runs. Only the programs under `testing` have this clock.
 */
export function movedClock(): Clock {
  const file = process.env['BANGFU_TEST_CLOCK'];
  if (!file) throw new Error('BANGFU_TEST_CLOCK names no file');
  return () => new Date(Date.now() + Number(readFileSync(file, 'utf8')));
}
