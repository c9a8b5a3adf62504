import type { ComingChange } from '@bangfu/domain/pairing/pairing';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import {
  changeWithdrawn,
  householdHandedOver,
  householdPaired,
  householdReleased,
} from '@bangfu/events/catalog/pairing';
import type { NewEvent } from '@bangfu/events/catalog/define';
import type { HelperRow } from './pairing.repository.ts';

/** The fact that a household has its first helper, or another one from a day on. */
export function pairedFact(
  household: { readonly id: string; readonly countyCode: string },
  helper: HelperRow,
  since: string,
  previous: { readonly id: string; readonly name: string } | null,
): NewEvent {
  const data = {
    householdId: household.id,
    helperId: helper.id,
    helperName: helper.name,
    unitId: helper.unitId,
    unitName: helper.unitName,
    since,
  };
  return previous
    ? householdHandedOver.of(household.countyCode, {
        ...data,
        previousHelperId: previous.id,
        previousHelperName: previous.name,
      })
    : householdPaired.of(household.countyCode, data);
}

/** The fact that a change is decided, as it was at first. */
function changeFact(
  household: { readonly id: string; readonly countyCode: string },
  { kind, day, helperId, previousId }: ComingChange,
  helpers: ReadonlyMap<string, HelperRow>,
): NewEvent {
  const helper = helpers.get(helperId);
  if (!helper) throw new Error(`the change to come has no helper ${helperId}`);
  if (kind !== 'end') return pairedFact(household, helper, day, helpers.get(previousId ?? '') ?? null);
  return householdReleased.of(household.countyCode, {
    householdId: household.id,
    helperId,
    helperName: helper.name,
    until: day,
  });
}

/** The fact that a change that was told does not take place on its day. */
function withdrawnFact(
  household: { readonly id: string; readonly countyCode: string },
  { kind, day, helperId }: ComingChange,
  helpers: ReadonlyMap<string, HelperRow>,
): NewEvent {
  const helperName = helpers.get(helperId)?.name ?? '';
  return changeWithdrawn.of(household.countyCode, { householdId: household.id, kind, day, helperId, helperName });
}

/** What is told when a change is moved: it does not take place on its day, and does on another one. */
export const movedFacts = (
  household: { readonly id: string; readonly countyCode: string },
  change: ComingChange,
  { helpers, to }: { readonly helpers: ReadonlyMap<string, HelperRow>; readonly to: BusinessDay },
): NewEvent[] => [withdrawnFact(household, change, helpers), changeFact(household, { ...change, day: to }, helpers)];

/**
 * What is told when a change is taken back for good: besides the fact itself, that nobody comes after all, or that who
 * was to go goes on helping. Whoever listens for the beginning and the end of pairings alone is then right, too.
 */
export function takenBackFacts(
  household: { readonly id: string; readonly countyCode: string },
  change: ComingChange,
  { helpers, keptSince }: { readonly helpers: ReadonlyMap<string, HelperRow>; readonly keptSince: string | null },
): NewEvent[] {
  const helper = helpers.get(change.helperId);
  const withdrawn = withdrawnFact(household, change, helpers);
  if (!helper || change.kind === 'handover') return [withdrawn];
  return change.kind === 'end'
    ? [withdrawn, pairedFact(household, helper, keptSince ?? change.day, null)]
    : [withdrawn, changeFact(household, { ...change, kind: 'end' }, helpers)];
}
