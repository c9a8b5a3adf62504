import { existsSync } from 'node:fs';

/**
 * A Chromium on this machine: the one named, or a system's; null when there is none. The one that draws no window comes
 * first: it is the same and quicker.
 */
export function chromiumPath(): string | null {
  const given = process.env['BANGFU_CHROMIUM'];
  const known = [
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  return [given, ...known].find((path): path is string => path !== undefined && existsSync(path)) ?? null;
}
