import { pino, type Logger } from 'pino';

/** One JSON line an event on standard output; sensitive headers and bodies never enter it. */
export function makeLog(name: string, level: string): Logger {
  return pino({
    name,
    level,
    redact: [
      'req.headers.authorization',
      'req.headers.cookie',
      'req.headers["x-csrf-token"]',
      'res.headers["set-cookie"]',
    ],
  });
}
