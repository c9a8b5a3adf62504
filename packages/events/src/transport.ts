import type { Log, Transport } from './ports.ts';

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
  // Only the one in use is loaded.
  if (kind === 'kafka') return (await import('./kafka/transport.ts')).kafkaTransport({ brokers, clientId, log });
  return (await import('./postgres/transport.ts')).postgresTransport({ url, log });
}
