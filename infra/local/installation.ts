import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Demo } from './options.ts';

/** What is remembered of an installation between starts. */
export interface Installation {
  readonly county: string;
  readonly demo: Demo;
  readonly demoLoaded: boolean;
}

const file = (data: string) => join(data, 'installation.json');

/** The installation in a data folder; null when nothing was started there yet. */
export function findInstallation(data: string): Installation | null {
  return existsSync(file(data)) ? (JSON.parse(readFileSync(file(data), 'utf8')) as Installation) : null;
}

export function keepInstallation(data: string, installation: Installation): void {
  writeFileSync(file(data), `${JSON.stringify(installation, null, 2)}\n`, { mode: 0o600 });
}
