import { pino, type Logger } from 'pino';

/**
 * One JSON line an event on standard output; sensitive headers and bodies never enter it. Written at once: lines that
 * wait are lost in a crash, and pino tries for ever to write them when a process ends whose reader has gone.
 */
export function makeLog(name: string, level: string): Logger {
  return pino(
    {
      name,
      level,
      redact: [
        'req.headers.authorization',
        'req.headers.cookie',
        'req.headers["x-csrf-token"]',
        'res.headers["set-cookie"]',
      ],
    },
    pino.destination({ dest: 1, sync: true }),
  );
}
