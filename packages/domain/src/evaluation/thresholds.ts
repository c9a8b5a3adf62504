import { demand } from '../shared/errors.ts';
import type { RegionCode } from '../shared/region.ts';

/** The named sets of thresholds: `west` is that of the western provinces. */
export const THRESHOLD_SETS = ['default', 'west'] as const;
export type ThresholdSet = (typeof THRESHOLD_SETS)[number];

/** Policy data, in basis points: incidence and both rates must lie below, approval at or above. */
export interface RateThresholds {
  readonly compositeBp: number;
  readonly wrongExitBp: number;
  readonly missedBp: number;
  readonly approvalBp: number;
  /** The named set they come from, and the document that lays them down. */
  readonly set: ThresholdSet;
  readonly document: string;
  /** Fewer interviews than these show nothing: of the sample in basis points, and households in each rate. */
  readonly minInterviewedBp: number;
  readonly minHouseholds: number;
}

const DOCUMENT = '《贫困县退出专项评估检查实施办法（试行）》';

export const DEFAULT_THRESHOLDS: RateThresholds = {
  compositeBp: 200,
  wrongExitBp: 200,
  missedBp: 200,
  approvalBp: 9000,
  set: 'default',
  document: DOCUMENT,
  minInterviewedBp: 8000,
  minHouseholds: 30,
};

export const SHIPPED_THRESHOLDS: Readonly<Record<ThresholdSet, RateThresholds>> = {
  default: DEFAULT_THRESHOLDS,
  west: { ...DEFAULT_THRESHOLDS, set: 'west', compositeBp: 300 },
};

/** Inner Mongolia, Guangxi, Chongqing, Sichuan, Guizhou, Yunnan, Tibet, Shaanxi, Gansu, Qinghai, Ningxia, Xinjiang. */
const WESTERN_PROVINCES = ['15', '45', '50', '51', '52', '53', '54', '61', '62', '63', '64', '65'];

/** The set of thresholds a county belongs to by its province. */
export const thresholdSetOf = (county: RegionCode): ThresholdSet =>
  WESTERN_PROVINCES.includes(county.slice(0, 2)) ? 'west' : 'default';

const FIGURES = ['compositeBp', 'wrongExitBp', 'missedBp', 'approvalBp', 'minInterviewedBp', 'minHouseholds'] as const;
type Deviation = (typeof FIGURES)[number] | 'set';

/** What differs from the set of the county's province; empty for thresholds as shipped. */
export function deviationsOf(thresholds: RateThresholds, county: RegionCode): Deviation[] {
  const shipped = SHIPPED_THRESHOLDS[thresholds.set];
  const figures = FIGURES.filter((key) => thresholds[key] !== shipped[key]);
  return thresholds.set === thresholdSetOf(county) ? figures : ['set', ...figures];
}

/**
 * Thresholds with their document: those as shipped have the set's; any that differ need a document of their own, for
 * they do not come from the evaluated county's hand.
 * @throws DomainError THRESHOLDS_DOCUMENT_MISSING
 */
export function documentedThresholds(thresholds: RateThresholds, county: RegionCode): RateThresholds {
  const { document } = SHIPPED_THRESHOLDS[thresholds.set];
  const own = thresholds.document.trim();
  if (deviationsOf(thresholds, county).length === 0) return { ...thresholds, document: own || document };
  demand(own !== '' && own !== document, 'THRESHOLDS_DOCUMENT_MISSING');
  return { ...thresholds, document: own };
}

/** Whether two sets of thresholds say the same: an approval of one holds for the other. */
export const sameThresholds = (a: RateThresholds, b: RateThresholds): boolean =>
  a.set === b.set && a.document === b.document && FIGURES.every((key) => a[key] === b[key]);

/**
 * Requires that thresholds are approved by another account than the one that laid them down.
 * @throws DomainError THRESHOLDS_SAME_PERSON
 */
export function requireOtherApprover(draftedBy: string, approver: string): void {
  demand(draftedBy !== approver, 'THRESHOLDS_SAME_PERSON');
}

/**
 * Requires approved thresholds before a frame is frozen: afterwards nobody can fit them to the sample.
 * @throws DomainError THRESHOLDS_NOT_APPROVED
 */
export function requireApproval(approval: object | null): void {
  demand(approval, 'THRESHOLDS_NOT_APPROVED');
}
