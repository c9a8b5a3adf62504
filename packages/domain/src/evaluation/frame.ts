import { demand } from '../shared/errors.ts';
import type { RegionCode } from '../shared/region.ts';
import type { BusinessDay } from '../shared/time.ts';

/** The strata of an evaluation (domain §10), each household in exactly one. */
export const STRATA = ['registered-poor', 'exited', 'monitored', 'general'] as const;
export type Stratum = (typeof STRATA)[number];

export const STRATUM_NAMES: Record<Stratum, string> = {
  'registered-poor': '未脱贫户',
  exited: '脱贫户',
  monitored: '监测对象',
  general: '一般农户',
};

/** A rural household as it stood on the frame's date. */
export interface FrameRow {
  readonly householdNumber: string;
  readonly village: RegionCode;
  readonly stratum: Stratum;
  readonly persons: number;
}

/** All rural households of the county on a date, sorted by household number; never changed once made. */
export interface Frame {
  readonly date: BusinessDay;
  readonly rows: readonly FrameRow[];
}

/** Text order by UTF-16 units: the order of every list in the sampling procedure. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Freezes the frame: sorts the rows by household number.
 * @throws DomainError FRAME_EMPTY, FRAME_HOUSEHOLD_TWICE, FRAME_ROW_INVALID (no member, or no village code).
 */
export function makeFrame(date: BusinessDay, rows: readonly FrameRow[]): Frame {
  demand(rows.length > 0, 'FRAME_EMPTY');
  const sorted = rows.toSorted((a, b) => byText(a.householdNumber, b.householdNumber));
  sorted.forEach((row, i) => {
    const household = row.householdNumber;
    demand(household !== sorted[i - 1]?.householdNumber, 'FRAME_HOUSEHOLD_TWICE', { household });
    const right =
      Number.isSafeInteger(row.persons) && row.persons > 0 && /^\d{12}$/.test(row.village) && household !== '';
    demand(right, 'FRAME_ROW_INVALID', { household });
  });
  return { date, rows: sorted };
}

/**
 * The frame as canonical JSON (RFC 8785: keys sorted, no blanks; only texts and whole numbers occur), with its format
 * version. The SHA-256 of its UTF-8 bytes is the frame's published hash.
 */
export function canonicalFrame(frame: Frame): string {
  const rows = frame.rows.map((r) => ({
    householdNumber: r.householdNumber,
    persons: r.persons,
    stratum: r.stratum,
    village: r.village,
  }));
  return JSON.stringify({ date: frame.date, format: 'bangfu.evaluation-frame.v1', rows });
}

/** Households and persons of each stratum. */
export function stratumTotals(frame: Frame): Record<Stratum, { households: number; persons: number }> {
  const zero = () => ({ households: 0, persons: 0 });
  const totals = { 'registered-poor': zero(), exited: zero(), monitored: zero(), general: zero() };
  for (const row of frame.rows) {
    totals[row.stratum].households += 1;
    totals[row.stratum].persons += row.persons;
  }
  return totals;
}
