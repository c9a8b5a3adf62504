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

export const HOUSEHOLD_STATUSES = ['none', 'registered', 'exited', 'returned'] as const;
export type HouseholdStatus = (typeof HOUSEHOLD_STATUSES)[number];

/** A rural household as it stood on the frame's date. */
export interface FrameRow {
  readonly householdNumber: string;
  readonly village: RegionCode;
  readonly stratum: Stratum;
  readonly persons: number;
  /** Its status in the register, monitored or not; none in frames of the first format. */
  readonly status?: HouseholdStatus | null;
}

/** What a household counts for: the registered poor, the wrong-exit rate, the missed rate. */
export type RateGroup = 'registered-poor' | 'exited' | 'not-registered';

const GROUPS: Record<HouseholdStatus, RateGroup> = {
  registered: 'registered-poor',
  returned: 'registered-poor',
  exited: 'exited',
  none: 'not-registered',
};
const STRATUM_GROUPS: Record<Stratum, RateGroup | null> = {
  'registered-poor': 'registered-poor',
  exited: 'exited',
  general: 'not-registered',
  monitored: null,
};

/**
 * The rate that covers a household (domain §10): by its status, whether it is monitored or not, so that an unstable-exit
 * household counts among the exited, a marginal one among those not registered, one of sudden hardship by what it was
 * before. Null for a monitored household of a frame that does not hold the status.
 */
export const rateGroupOf = ({ status, stratum }: Pick<FrameRow, 'status' | 'stratum'>): RateGroup | null =>
  status ? GROUPS[status] : STRATUM_GROUPS[stratum];

/** All rural households of the county on a date, sorted by household number; never changed once made. */
export interface Frame {
  readonly date: BusinessDay;
  readonly rows: readonly FrameRow[];
}

/** Text order by UTF-16 units: the order of every list in the sampling procedure. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Freezes the frame: sorts the rows by household number.
 * @throws DomainError FRAME_EMPTY, FRAME_HOUSEHOLD_TWICE, FRAME_ROW_INVALID (no member, no village code, or a status in
 * some rows only).
 */
export function makeFrame(date: BusinessDay, rows: readonly FrameRow[]): Frame {
  demand(rows.length > 0, 'FRAME_EMPTY');
  const sorted = rows.toSorted((a, b) => byText(a.householdNumber, b.householdNumber));
  const isFirstFormat = !sorted[0]?.status;
  sorted.forEach((row, i) => {
    const household = row.householdNumber;
    demand(household !== sorted[i - 1]?.householdNumber, 'FRAME_HOUSEHOLD_TWICE', { household });
    const right =
      Number.isSafeInteger(row.persons) && row.persons > 0 && /^\d{12}$/.test(row.village) && household !== '';
    demand(right && !row.status === isFirstFormat, 'FRAME_ROW_INVALID', { household });
  });
  return { date, rows: sorted };
}

/**
 * The frame as canonical JSON (RFC 8785: keys sorted, no blanks; only texts and whole numbers occur), with its format
 * version. The SHA-256 of its UTF-8 bytes is the frame's published hash. The second format holds each household's
 * status; frames frozen before it keep the first, and their hash.
 */
export function canonicalFrame(frame: Frame): string {
  const format = frame.rows[0]?.status ? 'bangfu.evaluation-frame.v2' : 'bangfu.evaluation-frame.v1';
  const rows = frame.rows.map(({ householdNumber, persons, status, stratum, village }) => ({
    householdNumber,
    persons,
    ...(status && { status }),
    stratum,
    village,
  }));
  return JSON.stringify({ date: frame.date, format, rows });
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
