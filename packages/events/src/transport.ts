import { kafkaTransport } from './kafka/transport.ts';
import type { Log, Transport } from './ports.ts';
import { postgresTransport } from './postgres/transport.ts';

/** Opens the transport of the installation; `kind` is the one setting that switches it. */
export async function openTransport(options: {
  kind: 'embedded' | 'kafka';
  /** The embedded log's database. */
  databaseUrl: string;
  /** `host:port` list of the Kafka cluster. */
  brokers: string;
  clientId: string;
  log: Log;
}): Promise<Transport> {
  const { kind, databaseUrl: url, brokers, clientId, log } = options;
  return kind === 'kafka' ? kafkaTransport({ brokers, clientId, log }) : postgresTransport({ url, log });
}
