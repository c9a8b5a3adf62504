import type { Writable } from 'node:stream';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '@bangfu/domain/shared/errors';
import type { Column, Content } from 'pdfmake/interfaces.js';
import { goneSignal } from '../http/gone.ts';
import { workerPool } from '../processes/worker-pool.ts';
import type { PdfDefinition, PrintAnswer, PrintRequest } from './print-protocol.ts';
import { qrSvg } from './qr.ts';

/** A paper of three thousand lines takes some seconds and 300 MB; its setting would hold the service. */
const MAX_SECONDS = 60;
const pool = workerPool<PrintRequest, PrintAnswer>({
  program: new URL(import.meta.url.endsWith('.ts') ? './print-process.ts' : './print-process.js', import.meta.url),
  max: 2,
  maxWaiting: 10,
  busyCode: 'PAPERS_BUSY',
  memoryMb: 700,
});

/**
 * Writes a paper to a stream: A4, Chinese fonts embedded, at each foot the page numbers, the print date and the
 * operator (domain §11). A sign that no font has is printed by its name, and the paper's end says so. It is set in a
 * process of its own, two papers at a time.
 * @throws Refusal 503 PAPERS_BUSY; DomainError PAPER_TOO_LARGE; ReaderGone
 */
export async function makePdf(definition: PdfDefinition, out: Writable): Promise<void> {
  const bytes = await setPaper(definition, goneSignal(out));
  await pipeline(Readable.from([bytes]), out);
}

async function setPaper(definition: PdfDefinition, signal: AbortSignal): Promise<Buffer> {
  const worker = await pool.take(signal);
  const { promise, resolve, reject } = Promise.withResolvers<PrintAnswer>();
  worker.use(resolve, (why) => reject(typeof why === 'string' ? new DomainError('PAPER_TOO_LARGE') : why));
  const leave = () => worker.kill(signal.reason as Error);
  signal.addEventListener('abort', leave, { once: true });
  const timer = setTimeout(() => worker.kill(new DomainError('PAPER_TOO_LARGE')), MAX_SECONDS * 1000);
  try {
    worker.send({ definition });
    const answer = await promise;
    if ('failed' in answer) throw new Error(answer.failed);
    return Buffer.from(answer.bytes);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', leave);
    worker.release();
  }
}

/** The end of a paper: the code that leads to its public verification, and the places for the seals. */
export async function sealBlock(
  verify: { readonly address: string; readonly number: string },
  seals: readonly string[],
): Promise<Content> {
  return {
    unbreakable: true,
    margin: [0, 18, 0, 0],
    columns: [
      {
        width: 120,
        stack: [
          { svg: await qrSvg(verify.address), width: 84 },
          { text: `扫码核验 ${verify.number}`, fontSize: 8 },
        ],
      },
      ...seals.map(
        (unit): Column => ({ width: '*', text: `${unit}（盖章）\n\n\n年　　月　　日`, alignment: 'center' }),
      ),
    ],
  };
}
