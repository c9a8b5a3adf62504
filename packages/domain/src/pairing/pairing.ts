import { demand } from '../shared/errors.ts';
import { addDays, type BusinessDay } from '../shared/time.ts';

/** Days on which someone helps: from a day on, to the day before `until`; without one it has no end yet. */
export interface Stint {
  readonly from: BusinessDay;
  readonly until?: BusinessDay;
}

/** One helper's time with a household. */
export interface PairingLink extends Stint {
  /** Absent while it is not stored. */
  readonly id?: string;
  readonly helperId: string;
  readonly reason?: string;
  /** The accounts that set its first day and its end; null where it was not kept. */
  readonly startedBy?: string | null;
  readonly endedBy?: string | null;
}

/** The whole chain of a household's helpers, oldest first; what was withdrawn before it began is not in it. */
export interface PairingChain {
  readonly householdId: string;
  readonly links: readonly PairingLink[];
}

/** A quota from a day on. */
export interface QuotaStep {
  readonly from: BusinessDay;
  readonly quota: number;
}

/** What the rules must know of the helper who is to answer for the household. */
export interface HelperFacts {
  readonly id: string;
  /** Oldest first, never empty; the first one counts for the days before it, too. */
  readonly quotas: readonly QuotaStep[];
  /** The helper's stints with other households, past and to come. */
  readonly busy: readonly Stint[];
  readonly isRelative: boolean;
}

/** Whether a stint holds on a day. `helpsOn` of pairing's database is the same in SQL. */
export const holdsOn = ({ from, until }: Stint, day: BusinessDay): boolean =>
  from <= day && (until === undefined || day < until);

/** The link of the helper who answers for the household on a day, if any. */
export const linkOn = (chain: PairingChain, day: BusinessDay): PairingLink | undefined =>
  chain.links.find((link) => holdsOn(link, day));

/** The helper who answers for the household on a day, if any. */
export const helperOn = (chain: PairingChain, day: BusinessDay): string | null => linkOn(chain, day)?.helperId ?? null;

/** The quota of a helper on a day. */
export const quotaOn = ({ quotas }: Pick<HelperFacts, 'quotas'>, day: BusinessDay): number =>
  (quotas.findLast(({ from }) => from <= day) ?? quotas[0])?.quota ?? 0;

/**
 * How many more households the helper can take for all days of a stint; negative where more are helped already than the
 * quota allows. The load rises only on the first day of a stint and the quota changes only with the policy, so those
 * days are enough to look at.
 */
export function placesFree(
  helper: Pick<HelperFacts, 'quotas' | 'busy'>,
  stint: Stint,
): { readonly places: number; readonly day: BusinessDay } {
  const days = [stint.from, ...helper.busy.map(({ from }) => from), ...helper.quotas.map(({ from }) => from)];
  let least = { places: Number.POSITIVE_INFINITY, day: stint.from };
  for (const day of days.toSorted()) {
    if (!holdsOn(stint, day)) continue;
    const load = helper.busy.filter((each) => holdsOn(each, day)).length;
    const places = quotaOn(helper, day) - load;
    if (places < least.places) least = { places, day };
  }
  return least;
}

/** Demands that the quota holds on every day of a stint. @throws DomainError HELPER_QUOTA_FULL */
export function demandPlace(helper: HelperFacts, stint: Stint): void {
  const { places, day } = placesFree(helper, stint);
  demand(places > 0, 'HELPER_QUOTA_FULL', { quota: quotaOn(helper, day), day });
}

function demandFit(helper: HelperFacts, stint: Stint): void {
  demand(!helper.isRelative, 'HELPER_IS_RELATIVE');
  demandPlace(helper, stint);
}

export const COMING_KINDS = ['assignment', 'handover', 'end'] as const;

/** What has been decided of a household's pairing for a day to come. */
export interface ComingChange {
  readonly kind: (typeof COMING_KINDS)[number];
  readonly day: BusinessDay;
  /** Who comes; at an end, who goes. */
  readonly helperId: string;
  /** Who goes at a handover. */
  readonly previousId: string | null;
  readonly reason: string | null;
  /** The account that decided it; null where it was not kept. */
  readonly madeBy: string | null;
}

/** The latest change of a chain that has not taken effect on a day; null when there is none. */
export function comingChange({ links }: PairingChain, today: BusinessDay): ComingChange | null {
  const last = links.at(-1);
  if (last?.until !== undefined && last.until > today) {
    const { helperId, reason = null, endedBy = null } = last;
    return { kind: 'end', day: last.until, helperId, previousId: null, reason, madeBy: endedBy };
  }
  if (!last || last.from <= today) return null;
  const { helperId, from: day, startedBy: madeBy = null } = last;
  const before = links.at(-2);
  const handed = before?.until === day ? before : null;
  const reason = handed?.reason ?? null;
  return {
    kind: handed ? 'handover' : 'assignment',
    day,
    helperId,
    previousId: handed?.helperId ?? null,
    reason,
    madeBy,
  };
}

/** Demands that nothing is decided for a day to come: one change at a time, so that each can be taken back by itself. */
function demandSettled(chain: PairingChain, today: BusinessDay): void {
  const coming = comingChange(chain, today);
  demand(coming === null, 'PAIRING_CHANGE_COMING', { day: coming?.day ?? '' });
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
  const present = linkOn(chain, today);
  const earliest = present ? addDays(present.from, 1) : chain.links.at(-1)?.until;
  return [today, earliest ?? today, (registeredOn ?? today) as BusinessDay].reduce((a, b) => (a > b ? a : b));
}

/** When a change takes effect, the day on which it is decided, and why. */
export interface Change {
  readonly on: BusinessDay;
  readonly today: BusinessDay;
  readonly reason: string;
}

/**
 * Pairs a household that has no helper.
 * @throws DomainError PAIRING_EXISTS, PAIRING_CHANGE_COMING, HELPER_IS_RELATIVE, HELPER_QUOTA_FULL, PAIRING_BEFORE_LAST.
 */
export function assignHelper(
  chain: PairingChain,
  helper: HelperFacts,
  { on, today }: Pick<Change, 'on' | 'today'>,
): PairingChain {
  demand(linkOn(chain, today) === undefined, 'PAIRING_EXISTS');
  demandSettled(chain, today);
  demandAfterLast(chain, on);
  demandFit(helper, { from: on });
  return { ...chain, links: [...chain.links, { helperId: helper.id, from: on }] };
}

/**
 * Hands the household over to another helper on a day: the old link ends where the new one begins, so there is one
 * responsible helper on every day. Until that day the old one helps.
 * @throws DomainError PAIRING_MISSING, PAIRING_CHANGE_COMING, HANDOVER_TO_SAME, HANDOVER_REASON_MISSING,
 * HANDOVER_TOO_EARLY, HELPER_IS_RELATIVE, HELPER_QUOTA_FULL.
 */
export function handOver(chain: PairingChain, helper: HelperFacts, { on, today, reason }: Change): PairingChain {
  const present = linkOn(chain, today);
  demand(present, 'PAIRING_MISSING');
  demandSettled(chain, today);
  demand(present.helperId !== helper.id, 'HANDOVER_TO_SAME');
  demand(reason.trim() !== '', 'HANDOVER_REASON_MISSING');
  demand(on > present.from, 'HANDOVER_TOO_EARLY', { day: present.from });
  demandFit(helper, { from: on });
  const closed = { ...present, until: on, reason: reason.trim() };
  return { ...chain, links: [...chain.links.slice(0, -1), closed, { helperId: helper.id, from: on }] };
}

/** Where the household stands when its pairing is to end. */
export interface HouseholdStanding {
  readonly status: 'registered-poor' | 'returned' | 'exited' | 'monitored' | 'general' | 'gone';
  /**
   * For an exited household the last day on which it keeps its helper (`lastDayOfCare`); null when its exit day is not
   * known and the policy names none.
   */
  readonly careUntil?: BusinessDay | null;
}

/**
 * Ends a pairing without a successor. 不脱贫不脱钩: not while the household is poor or monitored, nor within the period
 * after its exit; such a pairing can only be handed over. A household that is gone (struck off, moved, died out) is free.
 * @throws DomainError PAIRING_MISSING, PAIRING_CHANGE_COMING, PAIRING_POOR, PAIRING_MONITORED, EXIT_DAY_UNKNOWN,
 * PAIRING_IN_CARE, HANDOVER_REASON_MISSING, HANDOVER_TOO_EARLY.
 */
export function endPairing(
  chain: PairingChain,
  household: HouseholdStanding,
  { on, today, reason }: Change,
): PairingChain {
  const present = linkOn(chain, today);
  demand(present, 'PAIRING_MISSING');
  demandSettled(chain, today);
  demand(household.status !== 'registered-poor' && household.status !== 'returned', 'PAIRING_POOR');
  demand(household.status !== 'monitored', 'PAIRING_MONITORED');
  const { careUntil } = household;
  if (household.status === 'exited') {
    demand(careUntil, 'EXIT_DAY_UNKNOWN');
    demand(on > careUntil, 'PAIRING_IN_CARE', { day: careUntil });
  }
  demand(reason.trim() !== '', 'HANDOVER_REASON_MISSING');
  demand(on > present.from, 'HANDOVER_TOO_EARLY', { day: present.from });
  return { ...chain, links: [...chain.links.slice(0, -1), { ...present, until: on, reason: reason.trim() }] };
}

/** The chain as it was before a change to come was decided. */
function without(chain: PairingChain, change: ComingChange): PairingChain {
  const reopened = ({ until: _until, reason: _reason, endedBy: _by, ...link }: PairingLink): PairingLink => link;
  const links = change.kind === 'end' ? [...chain.links] : chain.links.slice(0, -1);
  const last = links.at(-1);
  if (last && change.kind !== 'assignment') links[links.length - 1] = reopened(last);
  return { ...chain, links };
}

/** The change to come, which someone else decided. @throws DomainError CHANGE_NONE_COMING, CHANGE_OWN */
function demandOfAnother(chain: PairingChain, today: BusinessDay, accountId: string): ComingChange {
  const change = comingChange(chain, today);
  demand(change, 'CHANGE_NONE_COMING');
  demand(change.madeBy !== accountId, 'CHANGE_OWN');
  return change;
}

/** What taking back or moving a change to come looks at. */
export interface Reversal {
  readonly today: BusinessDay;
  readonly accountId: string;
  /** The helpers of the change, by id. */
  readonly helpers: ReadonlyMap<string, HelperFacts>;
}

/** Who keeps the household when a change to come does not take place. */
export const keptBy = (change: ComingChange): string | null =>
  change.kind === 'end' ? change.helperId : change.previousId;

/**
 * Takes back a change before it takes effect, by a second person: the helper of today goes on helping.
 * @throws DomainError CHANGE_NONE_COMING, CHANGE_OWN, HELPER_QUOTA_FULL when the helper has been given another household
 * for the days after it
 */
export function withdrawChange(chain: PairingChain, { today, accountId, helpers }: Reversal): PairingChain {
  const change = demandOfAnother(chain, today, accountId);
  const kept = helpers.get(keptBy(change) ?? '');
  if (kept) demandPlace(kept, { from: change.day });
  return without(chain, change);
}

/**
 * Moves a change to come to another day, by a second person: it is taken back and decided once more by the rule of its
 * kind, as one step.
 * @throws DomainError those of `withdrawChange` but for the days until the new one, CHANGE_SAME_DAY, and those of the rule
 */
export function moveChange(
  chain: PairingChain,
  to: BusinessDay,
  given: Reversal & { readonly household: HouseholdStanding; readonly registeredOn: string | null },
): PairingChain {
  const { today, helpers } = given;
  const change = demandOfAnother(chain, today, given.accountId);
  demand(to !== change.day, 'CHANGE_SAME_DAY', { day: to });
  const before = without(chain, change);
  const kept = helpers.get(keptBy(change) ?? '');
  if (kept && to > change.day) demandPlace(kept, { from: change.day, until: to });
  const reason = change.reason ?? '';
  if (change.kind === 'end') return endPairing(before, given.household, { on: to, today, reason });
  const helper = helpers.get(change.helperId);
  demand(helper, 'PAIRING_MISSING');
  if (change.kind === 'handover') return handOver(before, helper, { on: to, today, reason });
  demandNeeded(given.household);
  demandRegistered(given.registeredOn, to);
  return assignHelper(before, helper, { on: to, today });
}

/**
 * Takes back an end to come because the household is poor or monitored again: no person's act, and no rule holds it
 * back, since the helper of today only stays (不脱贫不脱钩). A chain without such an end is answered as it is.
 */
export function keepHelper(chain: PairingChain, today: BusinessDay): PairingChain {
  const change = comingChange(chain, today);
  return change?.kind === 'end' ? without(chain, change) : chain;
}

/** The first day a change to come can be moved to; another than its own. */
export function moveDay(chain: PairingChain, registeredOn: string | null, today: BusinessDay): BusinessDay {
  const change = comingChange(chain, today);
  const day = changeDay(change ? without(chain, change) : chain, registeredOn, today);
  return day === change?.day ? addDays(day, 1) : day;
}

/**
 * Ends a pairing because the household's record was withdrawn: there is nobody left to help, so no rule holds it back.
 * What was still to begin on that day never does.
 * @throws DomainError PAIRING_MISSING
 */
export function endWithRecord(
  chain: PairingChain,
  { on, reason }: { readonly on: BusinessDay; readonly reason: string },
): PairingChain {
  const isOver = ({ until }: Stint) => until !== undefined && until <= on;
  demand(!chain.links.every(isOver), 'PAIRING_MISSING');
  const links = chain.links.filter(({ from }) => from < on);
  return { ...chain, links: links.map((link) => (isOver(link) ? link : { ...link, until: on, reason })) };
}
