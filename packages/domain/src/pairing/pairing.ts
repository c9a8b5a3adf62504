import { demand } from '../shared/errors.ts';
import { addDays, type BusinessDay } from '../shared/time.ts';

/** One helper's time with a household: from a day on, to the day before `until`. */
export interface PairingLink {
  readonly helperId: string;
  readonly from: BusinessDay;
  readonly until?: BusinessDay;
  readonly reason?: string;
}

/** The whole chain of a household's helpers, oldest first; at most the last link is open. */
export interface PairingChain {
  readonly householdId: string;
  readonly links: readonly PairingLink[];
}

/** What the rules must know of the helper who is to answer for the household. */
export interface HelperFacts {
  readonly id: string;
  readonly quota: number;
  /** Households the helper answers for already, without this one. */
  readonly load: number;
  readonly isRelative: boolean;
}

/** The helper who answers for the household on a day, if any. */
export function helperOn(chain: PairingChain, day: BusinessDay): string | null {
  const link = chain.links.find((l) => l.from <= day && (l.until === undefined || day < l.until));
  return link?.helperId ?? null;
}

const openLink = (chain: PairingChain) => chain.links.find((l) => l.until === undefined);

function demandFit(helper: HelperFacts): void {
  demand(!helper.isRelative, 'HELPER_IS_RELATIVE');
  demand(helper.load < helper.quota, 'HELPER_QUOTA_FULL', { quota: helper.quota });
}

function demandAfterLast(chain: PairingChain, day: BusinessDay): void {
  const last = chain.links.at(-1);
  const earliest = last?.until ?? last?.from;
  demand(earliest === undefined || day >= earliest, 'PAIRING_BEFORE_LAST', { day: earliest ?? '' });
}

/**
 * Demands that a helper answers for a household from its registration on, not before; who was on the register before the
 * platform has no such day.
 * @throws DomainError PAIRING_BEFORE_REGISTRATION
 */
export function demandRegistered(registeredOn: string | null, from: BusinessDay): void {
  demand(registeredOn === null || from >= registeredOn, 'PAIRING_BEFORE_REGISTRATION', { day: registeredOn ?? '' });
}

/** Demands that a household is one that is helped. @throws DomainError PAIRING_NOT_NEEDED */
export function demandNeeded({ status }: HouseholdStanding): void {
  demand(status !== 'general', 'PAIRING_NOT_NEEDED');
}

/**
 * The first day from today on, on which the household's helper can change: after the present one began; without one not
 * before the last one ended, nor before the registration.
 */
export function changeDay(chain: PairingChain, registeredOn: string | null, today: BusinessDay): BusinessDay {
  const open = openLink(chain);
  const earliest = open ? addDays(open.from, 1) : chain.links.at(-1)?.until;
  return [today, earliest ?? today, (registeredOn ?? today) as BusinessDay].reduce((a, b) => (a > b ? a : b));
}

/**
 * Pairs a household that has no helper.
 * @throws DomainError PAIRING_EXISTS, HELPER_IS_RELATIVE, HELPER_QUOTA_FULL, PAIRING_BEFORE_LAST.
 */
export function assignHelper(chain: PairingChain, helper: HelperFacts, from: BusinessDay): PairingChain {
  demand(openLink(chain) === undefined, 'PAIRING_EXISTS');
  demandFit(helper);
  demandAfterLast(chain, from);
  return { ...chain, links: [...chain.links, { helperId: helper.id, from }] };
}

/**
 * Hands the household over to another helper on a day: the old link ends where the new one begins, so there is one
 * responsible helper on every day.
 * @throws DomainError PAIRING_MISSING, HANDOVER_TO_SAME, HANDOVER_REASON_MISSING, HANDOVER_TOO_EARLY,
 * HELPER_IS_RELATIVE, HELPER_QUOTA_FULL.
 */
export function handOver(
  chain: PairingChain,
  helper: HelperFacts,
  handover: { readonly on: BusinessDay; readonly reason: string },
): PairingChain {
  const open = openLink(chain);
  demand(open, 'PAIRING_MISSING');
  demand(open.helperId !== helper.id, 'HANDOVER_TO_SAME');
  demand(handover.reason.trim() !== '', 'HANDOVER_REASON_MISSING');
  demand(handover.on > open.from, 'HANDOVER_TOO_EARLY', { day: open.from });
  demandFit(helper);
  const closed = { ...open, until: handover.on, reason: handover.reason.trim() };
  return { ...chain, links: [...chain.links.slice(0, -1), closed, { helperId: helper.id, from: handover.on }] };
}

/** Where the household stands when its pairing is to end. */
export interface HouseholdStanding {
  readonly status: 'registered-poor' | 'returned' | 'exited' | 'monitored' | 'general' | 'gone';
  /** For an exited household the last day of the period in which it keeps its helper (policy data, domain §5). */
  readonly careUntil?: BusinessDay;
}

/**
 * Ends a pairing without a successor. 不脱贫不脱钩: not while the household is poor or monitored, nor within the period
 * after its exit; such a pairing can only be handed over. A household that is gone (struck off, moved, died out) is free.
 * @throws DomainError PAIRING_MISSING, PAIRING_POOR, PAIRING_MONITORED, PAIRING_IN_CARE, HANDOVER_REASON_MISSING,
 * HANDOVER_TOO_EARLY.
 */
export function endPairing(
  chain: PairingChain,
  household: HouseholdStanding,
  end: { readonly on: BusinessDay; readonly reason: string },
): PairingChain {
  const open = openLink(chain);
  demand(open, 'PAIRING_MISSING');
  demand(household.status !== 'registered-poor' && household.status !== 'returned', 'PAIRING_POOR');
  demand(household.status !== 'monitored', 'PAIRING_MONITORED');
  const { careUntil } = household;
  if (household.status === 'exited') {
    demand(careUntil !== undefined && end.on > careUntil, 'PAIRING_IN_CARE', { day: careUntil ?? '' });
  }
  demand(end.reason.trim() !== '', 'HANDOVER_REASON_MISSING');
  demand(end.on > open.from, 'HANDOVER_TOO_EARLY', { day: open.from });
  return { ...chain, links: [...chain.links.slice(0, -1), { ...open, until: end.on, reason: end.reason.trim() }] };
}

/**
 * Ends a pairing because the household's record was withdrawn: there is nobody left to help, so no rule holds it back. A
 * link that was still to begin ends on the day it would have begun, so it never held.
 * @throws DomainError PAIRING_MISSING
 */
export function endWithRecord(
  chain: PairingChain,
  end: { readonly on: BusinessDay; readonly reason: string },
): PairingChain {
  const open = openLink(chain);
  demand(open, 'PAIRING_MISSING');
  const until = end.on > open.from ? end.on : open.from;
  return { ...chain, links: [...chain.links.slice(0, -1), { ...open, until, reason: end.reason }] };
}
