import { startBroker } from '@bangfu/testkit/broker';
import { inject, it } from 'vitest';
import { transportConformance } from './conformance.ts';
import { openWorld, quiet } from './conformance-world.ts';
import { kafkaTransport } from './kafka/transport.ts';

const broker = await startBroker();

if (broker) {
  transportConformance('Kafka', async () => {
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
} else {
  it.skip('transport conformance: Kafka', () => undefined);
}
