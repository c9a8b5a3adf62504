import { z } from 'zod';
import { defineEvent } from './define.ts';

const regionCode = z.string().regex(/^\d{12}$/);
/** A word of a list of the domain by its code; lists grow, so the wire does not close them. */
const word = z.string().min(1);

export const regionEstablished = defineEvent({
  type: 'identification.region.established.v1',
  summary: { zh: '行政区划已建立', en: 'A division of the county was established' },
  data: z.object({
    id: z.uuid(),
    code: regionCode,
    level: word,
    name: z.string().min(1),
    parentCode: regionCode.nullable(),
    /** WGS 84 degrees and the divisions beside it, where the county's table carries them. */
    longitude: z.number().min(-180).max(180).nullable().optional(),
    latitude: z.number().min(-90).max(90).nullable().optional(),
    neighbours: z.array(regionCode).optional(),
  }),
  // All divisions of a county in one order: a village never arrives before its township.
  key: (data) => `${data.code.slice(0, 6)}000000`,
});

/** What became of a division by a change: a line of its code map. */
const regionLine = z.object({
  from: regionCode,
  /** Null where it ended without a successor. */
  to: regionCode.nullable(),
  /** Of the division that has the code now; where there is none, of the one that ended. */
  id: z.uuid(),
  level: word,
  name: z.string().min(1),
  parentCode: regionCode.nullable(),
  /** Of a village: the name of the township in which it is now. */
  townshipName: z.string().min(1).nullable(),
});

export const regionChanged = defineEvent({
  type: 'identification.region.changed.v1',
  summary: { zh: '行政区划已变更', en: 'Divisions were renamed, recoded, merged, split or closed by a document' },
  data: z.object({
    changeId: z.uuid(),
    /** rename, recode, merge, split, close */
    kind: word,
    on: z.iso.date(),
    document: z.string().min(1),
    /**
     * Each division that the change concerns; one that is split has a line for each successor, its main one first. A
     * township that gains or loses villages has a line for each of its villages, those that keep their code too.
     */
    codes: z.array(regionLine).min(1),
    /** Where a village is split by households: those that do not go to its main successor. */
    households: z.array(z.object({ householdId: z.uuid(), from: regionCode, to: regionCode })),
  }),
  // In one order with the divisions of the county as they were established.
  key: (data) => `${data.codes[0]?.from.slice(0, 6)}000000`,
});
/** What a change of divisions says. */
export type RegionChanged = z.output<typeof regionChanged.data>;

const member = z.object({
  personId: z.uuid(),
  name: z.string().min(1),
  relation: word,
  sex: word.nullable(),
  birthDate: z.iso.date().nullable(),
  labour: word.nullable(),
  school: word.nullable(),
  health: z.array(word),
});

export const householdRecorded = defineEvent({
  type: 'identification.household.recorded.v1',
  summary: { zh: '农户信息已登记', en: 'A household was recorded with its members as they are now' },
  data: z.object({
    householdId: z.uuid(),
    number: z.string().min(1),
    countyCode: regionCode,
    villageCode: regionCode,
    villageName: z.string().min(1),
    townshipName: z.string().min(1),
    status: word,
    category: word.nullable(),
    mainCause: word.nullable(),
    members: z.array(member),
    perCapitaIncomeFen: z.int().nullable(),
    /** Watched against poverty, and the risk not cleared; absent = not. */
    monitored: z.boolean().optional(),
    /** The day of its exit, while it is exited; absent or null where it is not known. */
    exitedOn: z.iso.date().nullable().optional(),
  }),
  key: (data) => data.householdId,
});

export const householdWithdrawn = defineEvent({
  type: 'identification.household.withdrawn.v1',
  summary: { zh: '农户登记已撤回', en: 'The record of a household was withdrawn, as by the undo of an import' },
  data: z.object({ householdId: z.uuid(), number: z.string().min(1), reason: word }),
  key: (data) => data.householdId,
});

export const householdRegistered = defineEvent({
  type: 'identification.household.registered.v1',
  summary: { zh: '农户已公告建档', en: 'A household was announced and is on the register, by the lawful procedure' },
  data: z.object({
    householdId: z.uuid(),
    number: z.string().min(1),
    villageCode: regionCode,
    caseId: z.uuid(),
    /** registration, or return of an exited household. */
    kind: word,
    status: word,
    registeredOn: z.iso.date(),
    documentNumber: z.string().min(1),
  }),
  key: (data) => data.householdId,
});
