import { startBroker } from '@bangfu/testkit/broker';
import { describe, inject } from 'vitest';
import { transportConformance } from './conformance.ts';
import { openWorld, quiet } from './conformance-world.ts';
import { kafkaTransport } from './kafka/transport.ts';

const broker = await startBroker();

describe.skipIf(!broker)('with a broker', () => {
  transportConformance('Kafka', async () => {
    if (!broker) throw new Error('there is no broker');
    const service = await openWorld(inject('postgresUrl'));
    return {
      ...service,
      open: () => kafkaTransport({ brokers: broker.brokers, clientId: 'test', log: quiet }),
      outage: broker.outage,
      close: async () => {
        await service.close();
        await broker.stop();
      },
    };
  });
});
