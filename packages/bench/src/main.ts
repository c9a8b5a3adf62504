import { availableParallelism, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '@bangfu/infra/local/options';
import { B1 } from './b1.ts';
import { B10 } from './b10.ts';
import { B7 } from './b7.ts';
import type { Figure } from './figure.ts';
import { R10 } from './r10.ts';
import { rewrite, terminalTable, withFigures, withLatest } from './report.ts';

const BENCHMARKS = [B1, B7, B10, R10];
const say = (line: string) => process.stderr.write(`${line}\n`);

const { values, positionals } = parseArgs({
  // pnpm hands a bare "--" on.
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: { large: { type: 'boolean', default: false }, profiles: { type: 'string' } },
  allowPositionals: true,
});
const names = positionals.map((name) => name.toUpperCase());
const unknown = names.filter((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
if (unknown.length > 0) {
  say(`no such benchmark: ${unknown.join(', ')}; there are ${BENCHMARKS.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const load = loadavg()[0] ?? 0;
const gibibytes = Math.round(totalmem() / 2 ** 30);
const taken = {
  machine: `${availableParallelism()} cores, ${gibibytes} GiB`,
  date: new Date().toISOString().slice(0, 10),
};
if (load > availableParallelism() / 2)
  say(`this machine is busy (load ${load.toFixed(1)}): figures will be worse than it`);

const figures: Figure[] = [];
for (const benchmark of BENCHMARKS) {
  if (names.length > 0 && !names.includes(benchmark.name)) continue;
  say(`${benchmark.name} …`);
  const options = { large: values.large, profiles: values.profiles };
  figures.push(...(await benchmark.run(options, (line) => say(`${benchmark.name}  ${line}`))));
}
process.stdout.write(`${terminalTable(figures, taken)}\n`);
rewrite(join(ROOT, '.artefacts', 'bench.json'), (text) => withLatest(text, figures, { ...taken, load }));
rewrite(join(ROOT, 'docs', 'benchmarks.md'), (text) => {
  if (text === null) throw new Error('docs/benchmarks.md is missing');
  return withFigures(text, figures, taken);
});
