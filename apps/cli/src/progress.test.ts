import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createProgress, describeStep } from './progress.ts';

function screen(isTTY: boolean) {
  const written: string[] = [];
  const stream = new Writable({
    write: (chunk, _, done) => {
      written.push(String(chunk));
      done();
    },
  });
  let now = 0;
  const progress = createProgress(Object.assign(stream, { isTTY, columns: 120 }), () => now);
  const at = (ms: number, stage: string, done: number, total: number | null) => {
    now = ms;
    progress.show({ title: '导入', stage, done, total });
  };
  return { written, progress, at };
}

test.each([
  [0, null, 0, '0'],
  [50, 200, 10, '50/200  10/秒  剩余15秒'],
  [50, 2_000, 10, '50/2000  10/秒  剩余3分15秒'],
  [200, 200, 10, '200/200  10/秒'],
  [50, 200, 0, '50/200'],
])('%i of %s at %i a second reads %s', (done, total, rate, words) => {
  expect(describeStep(done, total, rate)).toBe(words);
});

test('without a terminal: a line at each stage, then one every five seconds', () => {
  const { written, at } = screen(false);
  at(0, '读取', 0, 100);
  at(1_000, '读取', 10, 100);
  at(5_000, '读取', 50, 100);
  at(5_100, '入库', 0, 100);
  expect(written).toEqual(['读取  0/100\n', '读取  50/100  10/秒  剩余5秒\n', '入库  0/100\n']);
});

test('the rate is that of the stage, from where it began', () => {
  const { written, at } = screen(false);
  at(0, '读取', 900, 1_000);
  at(10_000, '读取', 950, 1_000);
  expect(written.at(-1)).toBe('读取  950/1000  5/秒  剩余10秒\n');
});

test('on a terminal: one bar drawn over itself and wiped at the end', () => {
  const { written, progress, at } = screen(true);
  at(0, '读取', 0, 4);
  at(1_000, '读取', 2, 4);
  progress.end();
  expect(written[1]).toBe(`\r\u001b[2K读取  [${'#'.repeat(12)}${'-'.repeat(12)}]  2/4  2/秒  剩余1秒`);
  expect(written[2]).toBe('\r\u001b[2K');
});
