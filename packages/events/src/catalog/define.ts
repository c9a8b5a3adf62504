import type { z } from 'zod';
import { topicOf } from '../envelope.ts';

/** An event about to be appended to the outbox; its data have passed the schema of its type. */
export interface NewEvent {
  type: string;
  topic: string;
  key: string;
  countyCode: string;
  data: Record<string, unknown>;
}

export interface EventDefinition<Data extends Record<string, unknown> = Record<string, unknown>> {
  type: string;
  topic: string;
  summary: { zh: string; en: string };
  data: z.ZodType<Data>;
  /** Id of the record whose events must stay in order. */
  keyOf: (data: Data) => string;
  /** Makes the event of one county. Throws a ZodError when the data are not of the type's schema. */
  of: (countyCode: string, data: Data) => NewEvent;
}

/**
 * Defines an event type of the catalogue: a fact in the past tense of the business. `type` is
 * `<context>.<record>.<fact>.v<n>`; later versions of the same number may only add optional fields.
 */
export function defineEvent<Data extends Record<string, unknown>>(definition: {
  type: string;
  summary: { zh: string; en: string };
  key: (data: Data) => string;
  data: z.ZodType<Data>;
}): EventDefinition<Data> {
  const { type, summary, key, data: schema } = definition;
  const topic = topicOf(type);
  const of = (countyCode: string, given: Data): NewEvent => {
    const data = schema.parse(given);
    return { type, topic, key: key(data), countyCode, data };
  };
  return { type, topic, summary, data: schema, keyOf: key, of };
}
