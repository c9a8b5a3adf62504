import { appendFileSync } from 'node:fs';

/**
 * Tells the root test command what could not run on this machine and how to enable it: one JSON line in the file
 * named by BANGFU_SKIPS, or on standard error when a package is tested alone.
 */
export function nameSkip(name: string, howToEnable: string): void {
  const file = process.env['BANGFU_SKIPS'];
  if (file) appendFileSync(file, `${JSON.stringify({ name, howToEnable })}\n`);
  else process.stderr.write(`skipped: ${name} (${howToEnable})\n`);
}
