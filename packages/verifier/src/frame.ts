import { sha256Hex } from './signed-file.ts';

/** The strata in their fixed order (docs/reference/sampling.md, section 1). */
export const STRATA = ['registered-poor', 'exited', 'monitored', 'general'] as const;
export type Stratum = (typeof STRATA)[number];

/** A household of a frame. */
export interface Household {
  readonly householdNumber: string;
  readonly persons: number;
  /** Its status in the register; in frames of the second format. */
  readonly status?: Status;
  readonly stratum: Stratum;
  readonly village: string;
}

/** A frame as it was downloaded, with the hash of its bytes. */
export interface Frame {
  readonly date: string;
  readonly hash: string;
  readonly rows: readonly Household[];
}

const STATUSES = ['none', 'registered', 'exited', 'returned'] as const;
type Status = (typeof STATUSES)[number];

/** The values of a household in each format; the second one holds its status as well. */
const FORMATS: Readonly<Record<string, string>> = {
  'bangfu.evaluation-frame.v1': 'householdNumber,persons,stratum,village',
  'bangfu.evaluation-frame.v2': 'householdNumber,persons,status,stratum,village',
};

/** The order of every list of the procedure: by UTF-16 units. */
export const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Reads a downloaded frame. Its hash is that of its bytes; it must be the canonical text and hold nothing but the values
 * of its format, so that no name is in it.
 * @throws Error saying what is wrong
 */
export function readFrame(bytes: Buffer): Frame {
  const text = bytes.toString('utf8');
  const value = JSON.parse(text) as { date?: unknown; format?: unknown; rows?: unknown };
  const format = String(value.format);
  const keys = FORMATS[format];
  if (!keys || !Array.isArray(value.rows)) throw new Error('not a frame of a known format');
  const rows = value.rows.map((row) => householdOf(row, keys));
  for (const [at, row] of rows.entries()) {
    const before = rows[at - 1];
    if (before && inOrder(before.householdNumber, row.householdNumber) >= 0)
      throw new Error(`households are not in order at ${row.householdNumber}`);
  }
  const date = String(value.date);
  if (JSON.stringify({ date, format, rows }) !== text) throw new Error('not the canonical text of a frame');
  return { date, hash: sha256Hex(bytes), rows };
}

function householdOf(value: unknown, keys: string): Household {
  const row = value as Record<string, unknown>;
  if (Object.keys(row).sort().join() !== keys) throw new Error('a household has other values than its format');
  const { householdNumber, persons, status, stratum, village } = row;
  const known = STRATA.find((each) => each === stratum);
  const held = STATUSES.find((each) => each === status);
  const right =
    typeof householdNumber === 'string' &&
    Number.isSafeInteger(persons) &&
    typeof village === 'string' &&
    /^\d{12}$/.test(village) &&
    (status === undefined || held !== undefined);
  if (!right || !known) throw new Error(`a household is not valid: ${JSON.stringify(value)}`);
  return { householdNumber, persons: Number(persons), ...(held && { status: held }), stratum: known, village };
}
