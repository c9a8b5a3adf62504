import type { Writable } from 'node:stream';
import { ReaderGone } from '../spreadsheet/write.ts';

/** Aborted, with ReaderGone, when whoever was to read an answer leaves before its end: nobody waits for the work. */
export function goneSignal(out: Writable): AbortSignal {
  const gone = new AbortController();
  const leave = () => {
    if (!out.writableFinished) gone.abort(new ReaderGone());
  };
  if (out.destroyed) leave();
  else out.once('close', leave);
  return gone.signal;
}
