/** One record to be published: `value` is the event as JSON text. */
export interface Outgoing {
  topic: string;
  key: string;
  value: string;
}

/** One record as a consumer gets it. `topic`, `partition` and `position` together name it for good. */
export interface Received extends Outgoing {
  partition: number;
  position: string;
}

export interface Subscription {
  /** Ends after the batch in hand; what was not handled is delivered again later. */
  stop(): Promise<void>;
}

export interface SubscribeOptions {
  /** Consumers of one group share the topics' partitions. */
  group: string;
  topics: readonly string[];
  /** Records in order per key. The place is stored after it resolves; when it throws they come again, with back-off. */
  handle: (records: Received[]) => Promise<void>;
  /**
   * How far the group has taken in a partition by its own account, -1 for nothing of it: where the transport's is
   * further, it goes back to it. Undefined where it keeps none yet.
   */
  placeOf?: (topic: string, partition: number) => Promise<bigint | undefined>;
  /** Where a group begins that has no place yet: at the first record kept, else behind the last. */
  fromBeginning: boolean;
}

/** The road between services: at least once, in order per topic and key. Kafka or the log in PostgreSQL. */
export interface Transport {
  /** Resolves after the broker has stored all records. When it throws, any part of them may have been stored. */
  publish(records: readonly Outgoing[]): Promise<void>;
  subscribe(options: SubscribeOptions): Promise<Subscription>;
  /** Sets a group without running consumers back to the first record of the topics. */
  rewind(group: string, topics: readonly string[]): Promise<void>;
  /** The ids of the last events stored of a source, the newest of each topic and partition; only where it is cheap. */
  lastOf?(source: string): Promise<string[]>;
  close(): Promise<void>;
}

/** The part of a pino logger that is used here. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
