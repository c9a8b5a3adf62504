import { pino, type DestinationStream, type Logger } from 'pino';
import { errorFields, urlForLog } from './error-fields.ts';

/** What of a request enters the log; no header and no value of its address. */
const requestFields = (request: { id?: unknown; method?: string; url?: string }) => ({
  id: request.id,
  method: request.method,
  url: urlForLog(request.url ?? ''),
});

/** How what is logged is written: by its field's name. */
export const LOG_SERIALIZERS = {
  err: (error: unknown) => errorFields(error),
  url: urlForLog,
  req: requestFields,
  res: (response: { statusCode?: number }) => ({ status: response.statusCode }),
};

/**
 * One JSON line an event on standard output; what people typed never enters it. Written at once: lines that wait are
 * lost in a crash, and pino tries for ever to write them when a process ends whose reader has gone.
 */
export function makeLog(
  name: string,
  level: string,
  destination: DestinationStream = pino.destination({ dest: 1, sync: true }),
): Logger {
  return pino({ name, level, serializers: LOG_SERIALIZERS }, destination);
}
