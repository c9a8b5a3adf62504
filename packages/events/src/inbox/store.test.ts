import { describe, expect, it } from 'vitest';
import { catalogue } from '../catalog/all.ts';
import { envelopeText } from '../envelope.ts';
import { readIncoming } from './store.ts';

const SERVICES = [...new Set(catalogue.map(({ topic }) => topic.slice(0, topic.indexOf('.'))))];
const incoming = (service: string, type: string, topic: string) => {
  const head = { id: '01a20468-32ad-7d75-9ac5-f964ab1f0142', countyCode: '211382000000', occurredAt: new Date() };
  const event = { ...head, source: `/bangfu/${service}`, type, key: 'a', sequence: 1, data: '{}' };
  return readIncoming(topic, 'a', 'place', envelopeText(event));
};

describe.each(catalogue)('given the event $type', ({ type, topic }) => {
  const owner = topic.slice(0, topic.indexOf('.'));

  it('when its own service sends it on its topic, then it is read', () => {
    expect(incoming(owner, type, topic).envelope?.type).toBe(type);
  });

  it('when any other service sends it, or it comes on any other topic, then it is none of ours', () => {
    const others = [...SERVICES, 'gateway'].filter((service) => service !== owner);
    expect(others.filter((service) => incoming(service, type, topic).envelope)).toEqual([]);
    const topics = [...new Set(catalogue.map((entry) => entry.topic))].filter((each) => each !== topic);
    expect(topics.filter((each) => incoming(owner, type, each).envelope)).toEqual([]);
  });
});
