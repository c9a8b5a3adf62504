import { z } from 'zod';

const TYPE = /^[a-z][a-z-]*\.[a-z][a-z-]*\.[a-z][a-z-]*\.v[1-9][0-9]*$/;

/**
 * A CloudEvents 1.0 event as it travels, in structured JSON. `aggregate`, `sequence` and `countycode` are extension
 * attributes: the record that the event is about, its gapless number among the record's events on this topic, and
 * the county that it belongs to.
 */
export const envelopeSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.uuidv7(),
  source: z.string().regex(/^\/bangfu\/[a-z-]+$/),
  type: z.string().regex(TYPE),
  subject: z.string().min(1),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  aggregate: z.string().min(1),
  sequence: z.int().min(1),
  countycode: z.string().regex(/^\d{12}$/),
  data: z.record(z.string(), z.unknown()),
});

export type Envelope<Data = Record<string, unknown>> = Omit<z.infer<typeof envelopeSchema>, 'data'> & { data: Data };

export const CLOUDEVENTS_CONTENT_TYPE = 'application/cloudevents+json; charset=UTF-8';

/** Topic of an event type: its first two parts, `identification.household` of `identification.household.recorded.v1`. */
export function topicOf(type: string): string {
  const second = type.indexOf('.', type.indexOf('.') + 1);
  return type.slice(0, second);
}

/** Reads an event from the wire. Throws when the text is not JSON or not an envelope of ours. */
export function parseEnvelope(text: string): Envelope {
  return envelopeSchema.parse(JSON.parse(text));
}

/** Reads a text that may be none of ours. */
export function readEnvelope(text: string): Envelope | undefined {
  try {
    return parseEnvelope(text);
  } catch {
    return undefined;
  }
}

/** What a relay knows about one event; `data` is JSON text and goes onto the wire unparsed. */
export interface WireEvent {
  id: string;
  source: string;
  type: string;
  key: string;
  sequence: number;
  countyCode: string;
  occurredAt: Date;
  data: string;
}

/** Writes the event as structured CloudEvents JSON. */
export function envelopeText(event: WireEvent): string {
  const head = JSON.stringify({
    specversion: '1.0',
    id: event.id,
    source: event.source,
    type: event.type,
    subject: event.key,
    time: event.occurredAt.toISOString(),
    datacontenttype: 'application/json',
    aggregate: event.key,
    sequence: event.sequence,
    countycode: event.countyCode,
  } satisfies Omit<Envelope, 'data'>);
  return `${head.slice(0, -1)},"data":${event.data}}`;
}
