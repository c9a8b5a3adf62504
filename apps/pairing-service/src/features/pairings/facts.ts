import { householdHandedOver, householdPaired } from '@bangfu/events/catalog/pairing';
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
