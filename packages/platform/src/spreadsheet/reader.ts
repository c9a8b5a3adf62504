import { DomainError } from '@bangfu/domain/shared/errors';
import { workerPool, type Lost } from '../processes/worker-pool.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import type { ReaderAnswer, ReaderFailure, ReaderRequest } from './reader-protocol.ts';

/** Two files are read at the same time; more wait. */
const pool = workerPool<ReaderRequest, ReaderAnswer>({
  program: new URL(import.meta.url.endsWith('.ts') ? './reader-process.ts' : './reader-process.js', import.meta.url),
  max: 2,
  maxWaiting: 20,
  busyCode: 'READERS_BUSY',
  memoryMb: DEFAULT_LIMITS.memoryMb,
});

/** A process to read one file in, as soon as one is free. */
export const takeReader = pool.take;

/** Why a file cannot be read on when its process is gone. */
export function lostError(why: Lost): Error {
  if (typeof why !== 'string') return why;
  return why === 'memory'
    ? new DomainError('WORKBOOK_TOO_LARGE', { detail: 'memory', place: '' })
    : new DomainError('WORKBOOK_BROKEN', { detail: '', place: '' });
}

/** The error that the reading process reports. */
export function errorOf({ code, params, system, message }: ReaderFailure): Error {
  if (code !== 'UNEXPECTED') return new DomainError(code, { ...params });
  const error = new Error(message);
  return system ? Object.assign(error, { code: system }) : error;
}
