import { STRATA } from './frame.ts';
import type { Design } from './sample.ts';

/** What is published of an evaluation, as far as the sample depends on it. */
export interface Published {
  readonly id: string;
  readonly name: string;
  readonly design: Design;
  readonly frameHash: string;
  readonly seed: string;
  readonly commitment: string | null;
  readonly sampleHash: string | null;
}

/**
 * Reads what `/api/public/evaluations` answers and picks one evaluation: the one named, or the one whose frame this is.
 * @throws Error when there is none, or its seed is not published yet
 */
export function readPublished(text: string, pick: { id: string | undefined; frameHash: string }): Published {
  const value = JSON.parse(text) as { rows?: unknown[] };
  const rows = (Array.isArray(value.rows) ? value.rows : [value]) as Record<string, unknown>[];
  const own = rows.filter((row) =>
    pick.id === undefined ? fieldOf(row, 'frame', 'hash') === pick.frameHash : row['id'] === pick.id,
  );
  const [row, ...more] = own;
  if (!row) throw new Error('the published list has no such evaluation');
  if (more.length > 0) throw new Error('several evaluations have this frame; name one with --evaluation');
  const seed = fieldOf(row, 'seed', 'text');
  if (seed === null) throw new Error('the seed of this evaluation is not published yet');
  return {
    id: String(row['id']),
    name: String(row['name']),
    design: readDesign(row['design']),
    frameHash: fieldOf(row, 'frame', 'hash') ?? '',
    seed,
    commitment: fieldOf(row, 'seedPlan', 'commitment'),
    sampleHash: fieldOf(row, 'sample', 'hash'),
  };
}

function fieldOf(row: Record<string, unknown>, part: string, field: string): string | null {
  const value = (row[part] as Record<string, unknown> | null | undefined)?.[field];
  return typeof value === 'string' ? value : null;
}

/** A design as it is published. @throws Error when a number is missing */
export function readDesign(value: unknown): Design {
  const { villages, take, replacements } = (value ?? {}) as Partial<Design>;
  const counts = [villages, replacements, ...STRATA.map((stratum) => take?.[stratum])];
  if (!counts.every((count) => Number.isSafeInteger(count) && Number(count) >= 0))
    throw new Error('the design is not complete');
  return value as Design;
}
