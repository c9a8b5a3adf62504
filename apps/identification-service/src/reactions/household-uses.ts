import { type Transaction, typedWithin } from '@bangfu/data/typed-sql';
import type { HouseholdUse, HouseholdUseName } from '@bangfu/events/catalog/uses';
import { type FRAME_USE, HOUSEHOLD_USES } from '@bangfu/events/catalog/uses';
import type { Envelope } from '@bangfu/events/envelope';
import type { Reaction } from '@bangfu/events/inbox/apply';
import type { Part } from '@bangfu/platform/operation/carry-out';
import type { Tables } from '../operations.ts';

/** What an import is not undone under. Dividends are not among them: they are income evidence here. */
export type KeptUse = HouseholdUseName | (typeof FRAME_USE)['name'];

type Kept = (tx: Transaction<Tables>, events: readonly Envelope[]) => Promise<unknown>;

/** Keeps the first time of each: a pairing that is handed over stays the pairing it was. */
const keeping =
  (what: string, use: HouseholdUse): Kept =>
  (tx, events) =>
    tx.sql
      .insertInto('household_use')
      .values(
        events.map(({ data, countycode, time }) => ({
          source_service: use.service,
          source_id: use.begins.sourceOf(data),
          county_code: countycode,
          household_id: String(data['householdId']),
          what,
          used_at: time,
        })),
      )
      .onConflict((there) => there.columns(['source_service', 'source_id']).doNothing())
      .execute();

const dropping =
  ({ service, ends }: HouseholdUse): Kept =>
  (tx, events) =>
    tx.sql
      .deleteFrom('household_use')
      .where('source_service', '=', service)
      .where(
        'source_id',
        'in',
        events.map(({ data }) => ends?.sourceOf(data) ?? ''),
      )
      .execute();

/** On events of all kinds of use alike: of their data only the record and the household are read. */
const within = (work: Kept): Reaction => ({
  batch: async ({ client }, events) => {
    await typedWithin<Tables, unknown>(client, (tx) => work(tx, events));
  },
});

/** Which households others build on now: an import is not undone under it. */
export const onHouseholdUses: Part = {
  reactions: () =>
    Object.fromEntries(
      Object.entries<HouseholdUse>(HOUSEHOLD_USES).flatMap(([what, use]) => [
        [use.begins.type, within(keeping(what, use))],
        ...(use.ends ? [[use.ends.type, within(dropping(use))] as const] : []),
      ]),
    ),
};
