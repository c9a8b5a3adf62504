import { z } from 'zod';
import type { CatalogueEntry } from './catalog/all.ts';
import { envelopeSchema } from './envelope.ts';

type Json = Record<string, unknown>;

const schemaOf = (schema: z.ZodType): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  return rest;
};

/** Name of an event inside the document: parts of the type, which AsyncAPI's keys may hold. */
const nameOf = (type: string): string => type.replaceAll('.', '_');

function message(entry: CatalogueEntry): Json {
  return {
    name: entry.type,
    title: entry.summary.zh,
    summary: entry.summary.en,
    contentType: 'application/cloudevents+json',
    payload: {
      allOf: [
        { $ref: '#/components/schemas/envelope' },
        { type: 'object', properties: { type: { const: entry.type }, data: schemaOf(entry.data) } },
      ],
    },
  };
}

/** AsyncAPI 3.0 document of the given events: a channel a topic, a message a type. */
export function asyncApiDocument(entries: readonly CatalogueEntry[], version: string): Json {
  const channels: Json = {};
  const operations: Json = {};
  for (const topic of new Set(entries.map((entry) => entry.topic))) {
    const names = entries.filter((entry) => entry.topic === topic).map((entry) => nameOf(entry.type));
    const channel = nameOf(topic);
    channels[channel] = {
      address: topic,
      messages: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
    };
    operations[`receive_${channel}`] = {
      action: 'receive',
      channel: { $ref: `#/channels/${channel}` },
      messages: names.map((name) => ({ $ref: `#/channels/${channel}/messages/${name}` })),
    };
  }
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'bangfu events',
      version,
      description: 'CloudEvents 1.0 in structured JSON. The record key is the `aggregate` attribute.',
    },
    defaultContentType: 'application/cloudevents+json',
    channels,
    operations,
    components: {
      messages: Object.fromEntries(entries.map((entry) => [nameOf(entry.type), message(entry)])),
      schemas: { envelope: schemaOf(envelopeSchema) },
    },
  };
}
