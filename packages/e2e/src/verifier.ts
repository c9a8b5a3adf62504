import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../verifier/src/main.ts', import.meta.url));

/** An evaluator's own machine: a folder in which his program keeps the key and signs. */
export class EvaluatorsMachine {
  readonly #folder = mkdtempSync(join(tmpdir(), 'bangfu-evaluator-'));

  /** Makes the key; gives its fingerprint. */
  makeKey(): string {
    return this.#run('keygen', '--out', this.#at('key.pem')).match(/fingerprint: ([0-9a-f]{64})/)?.[1] ?? '';
  }

  /** Keeps a file as it was handed over; gives its path. */
  keep(name: string, bytes: string | Uint8Array): string {
    writeFileSync(this.#at(name), bytes);
    return this.#at(name);
  }

  /** Signs a file of returns for an evaluation; gives it as a page takes it. */
  sign(name: string, bytes: string | Uint8Array, evaluationId: string) {
    const file = this.keep(name, bytes);
    this.#run('sign', file, '--key', this.#at('key.pem'), '--evaluation', evaluationId);
    return { name: `${name}.signed.zip`, mimeType: 'application/zip', buffer: readFileSync(`${file}.signed.zip`) };
  }

  /** Draws a sample again from a frame and what is published; gives what the program says. */
  redraw(frame: string, published: string, evaluationId: string): string {
    const files = [this.keep('frame.json', frame), '--published', this.keep('published.json', published)];
    return this.#run('sample', ...files, '--evaluation', evaluationId);
  }

  #at(name: string): string {
    return join(this.#folder, name);
  }

  #run(...args: string[]): string {
    const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`bangfu-verify ${args[0]}: ${stderr}${stdout}`);
    return stdout;
  }
}
