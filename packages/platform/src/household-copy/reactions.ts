import { householdRecorded, householdRegistered, householdWithdrawn } from '@bangfu/events/catalog/identification';
import { reaction } from '@bangfu/events/inbox/apply';
import type { Reactions } from '@bangfu/events/inbox/consume';
import type { Part } from '../operation/carry-out.ts';
import { followMissedChanges } from '../regions/reactions.ts';
import { KEEP_RECORDED, KEEP_REGISTERED, WITHDRAW } from './copy.sql.ts';

/** Keeps a service's read copy of the register by identification's events, a batch of events a statement. */
export const HOUSEHOLD_COPY_REACTIONS: Reactions = {
  ...reaction(householdRecorded, async (sql, events) => {
    const rows = events.map(({ data, time }) => ({ ...data, heardAt: time }));
    await KEEP_RECORDED.run(sql.client, JSON.stringify(rows));
    await followMissedChanges(sql, events);
  }),
  ...reaction(householdRegistered, async ({ client }, events) => {
    const data = events.map((event) => event.data);
    await KEEP_REGISTERED.run(
      client,
      data.map(({ householdId }) => householdId),
      data.map(({ registeredOn }) => registeredOn),
    );
  }),
  ...reaction(householdWithdrawn, async ({ client }, events) => {
    await WITHDRAW.run(
      client,
      events.map(({ data }) => data.householdId),
    );
  }),
};

/** The read copy of the register, as a part of a service; the first of its features, so that others find it kept. */
export const registerCopy: readonly Part[] = [{ reactions: () => HOUSEHOLD_COPY_REACTIONS }];
