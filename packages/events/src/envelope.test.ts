import { Parser } from '@asyncapi/parser';
import { uuidV7 } from '@bangfu/domain/shared/id';
import { describe, expect, it } from 'vitest';
import { asyncApiDocument } from './asyncapi.ts';
import { catalogue, catalogueTopics } from './catalog/all.ts';
import { householdWithdrawn } from './catalog/identification.ts';
import { envelopeText, parseEnvelope, topicOf } from './envelope.ts';
import { chunksOf } from './kafka/transport.ts';

const id = uuidV7(Date.UTC(2026, 0, 1), new Uint8Array(10).fill(7));
const withdrawn = householdWithdrawn.of('211382000000', { householdId: id, number: '0042', reason: 'import-undone' });

describe('envelope', () => {
  it('reads what it writes', () => {
    const { type, key, countyCode } = withdrawn;
    const data = JSON.stringify(withdrawn.data);
    const occurredAt = new Date('2026-01-01T00:00:00Z');
    const event = { id, source: '/bangfu/identification', type, key, sequence: 3, countyCode, occurredAt, data };
    expect(parseEnvelope(envelopeText(event))).toEqual({
      specversion: '1.0',
      id,
      source: '/bangfu/identification',
      type: 'identification.household.withdrawn.v1',
      subject: id,
      time: '2026-01-01T00:00:00.000Z',
      datacontenttype: 'application/json',
      aggregate: id,
      sequence: 3,
      countycode: '211382000000',
      data: { householdId: id, number: '0042', reason: 'import-undone' },
    });
  });

  it('names the topic by the first two parts of the type', () => {
    expect(topicOf('identification.household.recorded.v1')).toBe('identification.household');
  });

  it('refuses data that are not of the type', () => {
    expect(() => householdWithdrawn.of('211382000000', { householdId: 'x', number: '', reason: '' })).toThrow();
  });
});

describe('catalogue', () => {
  it('holds each type once, each with both languages', () => {
    expect(new Set(catalogue.map((entry) => entry.type)).size).toBe(catalogue.length);
    for (const { summary } of catalogue) expect(summary.zh && summary.en).toBeTruthy();
  });

  it('is a valid AsyncAPI 3 document with a channel a topic', async () => {
    const document = asyncApiDocument(catalogue, '0.1.0');
    const { diagnostics, document: parsed } = await new Parser().parse(JSON.stringify(document));
    expect(diagnostics.filter((diagnostic) => diagnostic.severity === 0)).toEqual([]);
    expect(
      parsed
        ?.allChannels()
        .all()
        .map((channel) => channel.address())
        .sort(),
    ).toEqual([...catalogueTopics]);
  });
});

describe('chunks for Kafka', () => {
  it('stay below the limit in bytes and keep every record in order', () => {
    const records = Array.from({ length: 500 }, (_, i) => ({ topic: 't', key: `${i}`, value: '贫'.repeat(i % 400) }));
    const chunks = chunksOf(records, 10_000);
    expect(chunks.flat()).toEqual(records);
    for (const chunk of chunks) {
      expect(chunk.reduce((sum, record) => sum + Buffer.byteLength(record.value), 0)).toBeLessThanOrEqual(10_000);
    }
  });

  it('send a record beyond the limit alone', () => {
    const big = { topic: 't', key: 'a', value: 'x'.repeat(200) };
    expect(chunksOf([big, big], 100)).toEqual([[big], [big]]);
  });
});
