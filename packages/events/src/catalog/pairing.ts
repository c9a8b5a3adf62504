import { z } from 'zod';
import { defineEvent } from './define.ts';

const helper = {
  helperId: z.uuid(),
  helperName: z.string().min(1),
  unitId: z.uuid(),
  unitName: z.string().min(1),
};

export const householdPaired = defineEvent({
  type: 'pairing.household.paired.v1',
  summary: { zh: '农户已落实帮扶责任人', en: 'A household was given its helper' },
  data: z.object({ householdId: z.uuid(), ...helper, since: z.iso.date() }),
  key: (data) => data.householdId,
});

export const householdHandedOver = defineEvent({
  type: 'pairing.household.handed-over.v1',
  summary: { zh: '帮扶责任人已交接', en: 'A household was handed over to another helper' },
  data: z.object({
    householdId: z.uuid(),
    ...helper,
    since: z.iso.date(),
    previousHelperId: z.uuid(),
    previousHelperName: z.string().min(1),
  }),
  key: (data) => data.householdId,
});

export const householdReleased = defineEvent({
  type: 'pairing.household.released.v1',
  summary: { zh: '农户结对已解除', en: 'The pairing of a household ended without a successor' },
  data: z.object({ householdId: z.uuid(), helperId: z.uuid(), helperName: z.string().min(1), until: z.iso.date() }),
  key: (data) => data.householdId,
});

export const changeWithdrawn = defineEvent({
  type: 'pairing.change.withdrawn.v1',
  summary: {
    zh: '尚未生效的结对变更已撤回',
    en: 'A pairing, handover or end that was told of a day to come was taken back before that day',
  },
  data: z.object({
    householdId: z.uuid(),
    /** assignment, handover, end */
    kind: z.string().min(1),
    /** The day told before. */
    day: z.iso.date(),
    /** Who was to come; at an end, who was to go. */
    helperId: z.uuid(),
    helperName: z.string().min(1),
  }),
  key: (data) => data.householdId,
});

export const visitMade = defineEvent({
  type: 'pairing.visit.made.v1',
  summary: { zh: '已入户走访', en: 'A household was visited by its helper' },
  data: z.object({
    visitId: z.uuid(),
    householdId: z.uuid(),
    helperId: z.uuid(),
    helperName: z.string().min(1),
    unitName: z.string().min(1),
    at: z.iso.datetime(),
    /** How many needs were raised and photos taken. */
    needs: z.int().nonnegative(),
    photos: z.int().nonnegative(),
  }),
  // A household's visits stay in order.
  key: (data) => data.householdId,
});
