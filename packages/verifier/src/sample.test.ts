import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from './commands.ts';
import { readFrame } from './frame.ts';
import { type Design, drawSample } from './sample.ts';

interface Vector {
  readonly frame: string;
  readonly frameHash: string;
  readonly design: Design;
  readonly seed: string;
  readonly villages: unknown;
  readonly rows: unknown;
  readonly sampleHash: string;
}

const VECTORS = JSON.parse(
  readFileSync(new URL('../../../docs/reference/sampling-vectors.json', import.meta.url), 'utf8'),
) as Vector[];
const folder = mkdtempSync(join(tmpdir(), 'bangfu-verify-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the published vectors', () => {
  it.each(VECTORS.map((vector, at) => [at, vector] as const))(
    '%d give frame hash, sample and its hash',
    (_, vector) => {
      const frame = readFrame(Buffer.from(vector.frame));
      expect(frame.hash).toBe(vector.frameHash);
      const { villages, rows, hash } = drawSample(frame, vector.design, vector.seed);
      expect({ villages, rows }).toEqual({ villages: vector.villages, rows: vector.rows });
      expect(hash).toBe(vector.sampleHash);
    },
  );
});

describe('the sample command', () => {
  const vector = VECTORS[3] as Vector;
  const published = (more: object = {}) => ({
    id: 'e1',
    name: '评估',
    design: vector.design,
    frame: { hash: vector.frameHash },
    seedPlan: null,
    seed: { text: vector.seed },
    sample: { hash: vector.sampleHash },
    ...more,
  });
  const outcome = (...rows: object[]) => {
    writeFileSync(join(folder, 'frame.json'), vector.frame);
    writeFileSync(join(folder, 'published.json'), JSON.stringify({ rows }));
    return run(['sample', join(folder, 'frame.json'), '--published', join(folder, 'published.json')]);
  };

  it('draws by what is published and says whether it agrees', () => {
    expect(outcome(published())).toMatchObject({ holds: true });
    expect(outcome(published({ sample: null }))).toMatchObject({ holds: true });
    expect(outcome(published({ sample: { hash: vector.frameHash } }))).toMatchObject({ holds: false });
    expect(outcome(published({ seedPlan: { commitment: vector.frameHash } }))).toMatchObject({ holds: false });
    expect(() => outcome(published({ seed: null }))).toThrow('not published');
    expect(() => outcome(published(), published())).toThrow('several');
  });

  it('refuses a frame with a name in it, out of order, or not canonical', () => {
    const { rows, ...rest } = JSON.parse(vector.frame) as { rows: Record<string, unknown>[] };
    const reading = (changed: unknown) => () => readFrame(Buffer.from(JSON.stringify(changed)));
    expect(reading({ ...rest, rows: rows.map((row) => ({ ...row, headName: '某某' })) })).toThrow('other values');
    expect(reading({ ...rest, rows: rows.toReversed() })).toThrow('order');
    expect(() => readFrame(Buffer.from(` ${vector.frame}`))).toThrow('canonical');
    expect(reading({ ...rest, format: 'other', rows })).toThrow('not a frame');
  });
});

it('imports nothing but Node and itself', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const imported = files.flatMap((name) =>
    [...readFileSync(join(import.meta.dirname, name), 'utf8').matchAll(/from '([^']+)'/g)].map(
      (found) => found[1] ?? '',
    ),
  );
  expect(imported.length).toBeGreaterThan(10);
  expect(imported.filter((from) => !/^(node:|\.\/)/.test(from))).toEqual([]);
});
