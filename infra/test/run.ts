// Runs every test that this machine can run, names what it cannot, and ends with one line of counts.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canRunKafka, HOW_TO_ENABLE } from '../kafka/libs.ts';
import { chromiumPath } from './chromium.ts';
import { type Counts, type NamedSkip, playwrightCounts, total, vitestCounts } from './report.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BIN = join(ROOT, 'node_modules', '.bin');
const scratch = mkdtempSync(join(tmpdir(), 'bangfu-test-'));
const skipsFile = join(scratch, 'skips.jsonl');
/** What this command itself finds missing; the packages name theirs in the file. */
const missing: NamedSkip[] = [];
/** How long each part took: the whole grows with every feature, so its time is looked at. */
const took: { readonly title: string; readonly seconds: number }[] = [];

// In the plain C locale a browser names no download in Chinese.
const env = {
  ...process.env,
  BANGFU_SKIPS: skipsFile,
  FORCE_COLOR: process.env['FORCE_COLOR'] ?? '0',
  TZ: 'UTC',
  LC_ALL: 'C.UTF-8',
};

interface Command {
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly more?: NodeJS.ProcessEnv;
  /** Runs beside the others and is told when it has ended. */
  readonly beside?: boolean;
}

async function run({ title, command, args, cwd = ROOT, more = {}, beside = false }: Command): Promise<number> {
  const heading = `\n== ${title}\n`;
  if (!beside) process.stdout.write(heading);
  const began = performance.now();
  const child = spawn(command, args, {
    cwd,
    stdio: ['ignore', beside ? 'pipe' : 'inherit', beside ? 'pipe' : 'inherit'],
    env: { ...env, ...more },
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => said.push(chunk));
  const status = await once(child, 'close').then(
    ([code]) => (code as number | null) ?? 1,
    (error: Error) => {
      said.push(Buffer.from(`${error.message}\n`));
      return 1;
    },
  );
  took.push({ title, seconds: Math.round((performance.now() - began) / 1000) });
  if (beside) process.stdout.write(heading);
  process.stdout.write(Buffer.concat(said));
  return status;
}

/** A check that passes or fails as a whole. */
async function check(title: string, command: string, args: readonly string[]): Promise<Counts> {
  const failed = (await run({ title, command: join(BIN, command), args })) === 0 ? 0 : 1;
  return { passed: 1 - failed, failed, skipped: 0, failures: failed ? [title] : [] };
}

async function vitest(folder: string, config: string, beside = false): Promise<Counts> {
  const report = join(scratch, `${folder.replaceAll('/', '-')}.json`);
  const args = ['run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const title = `tests of ${folder}`;
  const status = await run({ title, command: join(BIN, 'vitest'), args, cwd: join(ROOT, folder), beside });
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0, failures: [`${title}: no report`] };
  const counts = vitestCounts(JSON.parse(readFileSync(report, 'utf8')));
  if (status === 0 || counts.failed > 0) return counts;
  return { ...counts, failed: 1, failures: [`${title}: an error outside the tests`] };
}

/** Journeys through one kind of platform; named as skipped when what they need is not there. */
async function journeys(title: string, onKafka: boolean, howToEnable: string | null): Promise<Counts> {
  if (howToEnable !== null) {
    missing.push({ name: title, howToEnable });
    return { passed: 0, failed: 0, skipped: 1, failures: [] };
  }
  const report = join(scratch, `${title.replaceAll(' ', '-')}.json`);
  const cli = join(ROOT, 'packages/e2e/node_modules/@playwright/test/cli.js');
  await run({
    title,
    command: process.execPath,
    args: ['--conditions=SOURCE', cli, 'test', '--reporter=list,json'],
    cwd: join(ROOT, 'packages/e2e'),
    more: {
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      BANGFU_CHROMIUM: chromium ?? '',
      BANGFU_JOURNEY_KAFKA: onKafka ? '1' : '0',
    },
  });
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0, failures: [`${title}: no report`] };
  return playwrightCounts(JSON.parse(readFileSync(report, 'utf8')));
}

const chromium = chromiumPath();
const withoutChromium = chromium ? null : 'install the package chromium (and fonts-noto-cjk), or set BANGFU_CHROMIUM';
const withoutKafka = (await canRunKafka()) ? null : HOW_TO_ENABLE;

const PURE = '../../packages/testkit/vitest.pure.ts';
const SERVICES = '../../packages/testkit/vitest.services.ts';

// Packages of equal options together: each by itself, as turbo does it, looks at the shared ones over and over.
const TYPES = readdirSync(join(ROOT, 'infra/types')).filter((file) => file.endsWith('.json'));
const parts: Counts[] = [];
for (const file of TYPES) {
  parts.push(await check(`types of ${file.replace('.json', '')}`, 'tsc', ['-p', `infra/types/${file}`]));
}
parts.push(
  await check('lint', 'oxlint', ['--type-aware', '--deny-warnings', 'apps', 'packages', 'infra']),
  await check('format', 'biome', ['format', '.']),
  await check('nothing unused', 'knip', ['--no-progress']),
  await check('dependency rules', 'depcruise', ['--config', '.dependency-cruiser.mjs', 'apps', 'packages', 'infra']),
);
// It waits for brokers most of its time.
const events = vitest('packages/events', 'vitest.config.ts', true);
parts.push(
  await vitest('packages/domain', PURE),
  await vitest('packages/contracts', PURE),
  await vitest('packages/verifier', PURE),
  await vitest('packages/ui', 'vitest.config.ts'),
  await vitest('packages/data', PURE),
  await vitest('packages/platform', SERVICES),
  await vitest('infra', 'vitest.config.ts'),
  await vitest('apps/cli', PURE),
  await vitest('apps/portal', PURE),
  await vitest('apps/gateway', SERVICES),
  await vitest('apps/identification-service', SERVICES),
  await vitest('apps/pairing-service', SERVICES),
  await vitest('apps/industry-service', SERVICES),
  await vitest('apps/training-service', SERVICES),
  await vitest('apps/evaluation-service', SERVICES),
  await events,
  await vitest('packages/e2e', 'vitest.config.ts'),
  await journeys('journeys in Chromium', false, withoutChromium),
  await journeys('journeys in Chromium on Kafka', true, withoutChromium ?? withoutKafka),
);

const noted: NamedSkip[] = existsSync(skipsFile)
  ? readFileSync(skipsFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as NamedSkip)
  : [];
const named = [...new Map([...noted, ...missing].map((skip) => [skip.name, skip])).values()];
rmSync(scratch, { recursive: true, force: true });

const counts = total(parts);
if (named.length > 0) {
  process.stdout.write('\nNot run on this machine:\n');
  for (const { name, howToEnable } of named) process.stdout.write(`  ${name} – ${howToEnable}\n`);
}
process.stdout.write('\nWhere the time went:\n');
for (const { title, seconds } of took) process.stdout.write(`  ${String(seconds).padStart(4)} s  ${title}\n`);
const allowed = JSON.parse(readFileSync(new URL('./allowed-skips.json', import.meta.url), 'utf8')) as string[];
const forbidden = process.env['CI'] === 'true' ? named.filter((skip) => !allowed.includes(skip.name)) : [];
for (const name of counts.failures) process.stdout.write(`FAILED: ${name.replace(ROOT, '')}\n`);
for (const { name } of forbidden) process.stdout.write(`FAILED: in CI this must run: ${name}\n`);
const failed = counts.failed + forbidden.length;
process.stdout.write(`\n${counts.passed} passed, ${failed} failed, ${counts.skipped} skipped\n`);
process.exit(failed > 0 || counts.passed === 0 ? 1 : 0);
