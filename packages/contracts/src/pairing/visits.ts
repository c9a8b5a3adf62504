import { z } from 'zod';
import { Count, FileAnswer, Instant, page, PageQuery, RegionCode, Sha256, Uuid } from '../core/common.ts';
import { DayInput, InstantInput } from '../core/inputs.ts';
import { sortBy } from '../core/list.ts';
import { operation, unmaskedReaders } from '../core/operation.ts';

const READERS = [
  'county-office',
  'county-leader',
  'township-officer',
  'township-leader',
  'village-officer',
  'unit-manager',
  'helper',
  'auditor',
  'evaluator',
] as const;

export const ACKNOWLEDGEMENTS = ['signature', 'fingerprint', 'code'] as const;
const Line = z.string().trim().min(1).max(200);

export const uploadVisitPhoto = operation({
  id: 'uploadVisitPhoto',
  owner: 'pairing',
  method: 'POST',
  path: '/photos',
  summary: { zh: '上传走访照片', en: 'Upload a photo (JPEG or PNG, at most 10 MB) for a visit to come' },
  access: ['helper'],
  audit: 'pairing.photo.uploaded',
  upload: true,
  answer: z.object({ sha256: Sha256, size: Count, mediaType: z.string() }),
  status: 201,
});

export const Visit = z
  .object({
    id: Uuid,
    householdId: Uuid,
    number: z.string(),
    headName: z.string(),
    townshipName: z.string(),
    villageName: z.string(),
    helperName: z.string(),
    unitName: z.string(),
    at: Instant,
    peopleMet: z.array(z.string()),
    seen: z.string(),
    needs: z.array(z.string()),
    photos: z.array(Sha256),
    /** To two decimals of a degree (about a kilometre); the exact position stays sealed. */
    roughPosition: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
    noPositionReason: z.string().nullable(),
    acknowledgement: z.object({ kind: z.enum(ACKNOWLEDGEMENTS), by: z.string() }),
    receivedAt: Instant,
  })
  .meta({ id: 'Visit' });
export type Visit = z.output<typeof Visit>;

/** A visit as the phone made it; its id is a UUIDv7 of the phone's own, so that a repeat is the same visit. */
export const NewVisit = z.object({
  id: z.uuidv7(),
  householdId: Uuid,
  at: InstantInput,
  peopleMet: z.array(Line).max(20),
  seen: z.string().max(4000),
  needs: z.array(Line).max(20),
  photos: z.array(Sha256).max(9),
  position: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }).optional(),
  noPositionReason: z.string().max(200).optional(),
  acknowledgement: z.object({ kind: z.enum(ACKNOWLEDGEMENTS), by: z.string().max(40) }).optional(),
});
export type NewVisit = z.output<typeof NewVisit>;

export const makeVisit = operation({
  id: 'makeVisit',
  owner: 'pairing',
  method: 'POST',
  path: '/visits',
  summary: { zh: '登记入户走访', en: 'Record a visit; the same visit sent again is one visit' },
  access: ['helper'],
  audit: 'pairing.visit.made',
  body: NewVisit,
  answer: Visit,
  status: 201,
});

export const listVisits = operation({
  id: 'listVisits',
  owner: 'pairing',
  method: 'GET',
  path: '/visits',
  summary: { zh: '走访记录', en: 'Visits within the scope, latest first' },
  access: READERS,
  unsorted: { seen: 'a text', noPositionReason: 'a text' },
  query: PageQuery.extend({
    region: RegionCode.optional(),
    household: Uuid.optional(),
    helper: Uuid.optional(),
    from: DayInput.optional(),
    to: DayInput.optional(),
    search: z.string().max(60).optional(),
    sort: sortBy('number', 'headName', 'villageName', 'helperName', 'unitName', 'at', 'receivedAt'),
  }),
  answer: page(Visit),
});

const VisitParams = z.object({ visitId: Uuid });

export const getVisit = operation({
  id: 'getVisit',
  owner: 'pairing',
  method: 'GET',
  path: '/visits/{visitId}',
  summary: { zh: '一次走访', en: 'One visit' },
  access: READERS,
  params: VisitParams,
  answer: Visit,
});

export const getVisitPhoto = operation({
  id: 'getVisitPhoto',
  owner: 'pairing',
  method: 'GET',
  path: '/visits/{visitId}/photos/{sha256}',
  summary: { zh: '走访照片', en: 'A photo of a visit' },
  access: unmaskedReaders(READERS),
  params: VisitParams.extend({ sha256: Sha256 }),
  answer: FileAnswer,
  answers: 'file',
});
