import { readFileSync, readdirSync } from 'node:fs';

const FOLDER = new URL('../fixtures/rosters/', import.meta.url);

/** The answer a right import of a roster gives, as it stands beside its file. */
export interface RosterKey {
  readonly file: string;
  readonly dataRows: number;
  readonly skippedRows: number;
  readonly households: { readonly create: number; readonly heldBack: number };
  readonly persons: { readonly create: number; readonly heldBack: number };
  readonly errors: Readonly<Record<string, readonly string[]>>;
  readonly warnings: Readonly<Record<string, readonly string[]>>;
  readonly unknownColumns: readonly string[];
}

/** The rosters of the fixtures by their file names. */
export const ROSTER_NAMES: readonly string[] = readdirSync(FOLDER).filter((name) => !name.endsWith('.json'));

export const rosterKey = (name: string): RosterKey =>
  JSON.parse(readFileSync(new URL(`${name}.expected.json`, FOLDER), 'utf8')) as RosterKey;
