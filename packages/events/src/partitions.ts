/** Partitions of a topic, on both transports (also in postgres/log.sql): how many consumers of a group can share it. */
export const PARTITIONS = 8;
