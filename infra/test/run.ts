// Runs every test that this machine can run, names what it cannot, and ends with one line of counts.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
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

// In the plain C locale a browser names no download in Chinese.
const env = {
  ...process.env,
  BANGFU_SKIPS: skipsFile,
  FORCE_COLOR: process.env['FORCE_COLOR'] ?? '0',
  TZ: 'UTC',
  LC_ALL: 'C.UTF-8',
};

function run(
  title: string,
  command: string,
  args: readonly string[],
  cwd = ROOT,
  more: NodeJS.ProcessEnv = {},
): number {
  process.stdout.write(`\n== ${title}\n`);
  const { status, error } = spawnSync(command, args, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...env, ...more },
  });
  if (error) process.stdout.write(`${error.message}\n`);
  return status ?? 1;
}

/** A check that passes or fails as a whole. */
function check(title: string, command: string, args: readonly string[]): Counts {
  const failed = run(title, join(BIN, command), args) === 0 ? 0 : 1;
  if (failed) process.stdout.write(`FAILED: ${title}\n`);
  return { passed: 1 - failed, failed, skipped: 0 };
}

function vitest(folder: string, config: string): Counts {
  const report = join(scratch, `${folder.replaceAll('/', '-')}.json`);
  const args = ['run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const status = run(`tests of ${folder}`, join(BIN, 'vitest'), args, join(ROOT, folder));
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const counts = vitestCounts(JSON.parse(readFileSync(report, 'utf8')));
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** Journeys through one kind of platform; named as skipped when what they need is not there. */
function journeys(title: string, onKafka: boolean, howToEnable: string | null): Counts {
  if (howToEnable !== null) {
    missing.push({ name: title, howToEnable });
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const report = join(scratch, `${title.replaceAll(' ', '-')}.json`);
  const cli = join(ROOT, 'packages/e2e/node_modules/@playwright/test/cli.js');
  const args = ['--conditions=SOURCE', cli, 'test', '--reporter=list,json'];
  run(title, process.execPath, args, join(ROOT, 'packages/e2e'), {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    BANGFU_CHROMIUM: chromium ?? '',
    BANGFU_JOURNEY_KAFKA: onKafka ? '1' : '0',
  });
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  return playwrightCounts(JSON.parse(readFileSync(report, 'utf8')));
}

const chromium = chromiumPath();
const withoutChromium = chromium ? null : 'install the package chromium (and fonts-noto-cjk), or set BANGFU_CHROMIUM';
const withoutKafka = (await canRunKafka()) ? null : HOW_TO_ENABLE;

const PURE = '../../packages/testkit/vitest.pure.ts';
const SERVICES = '../../packages/testkit/vitest.services.ts';

const parts: Counts[] = [
  check('types', 'turbo', ['run', 'typecheck', '--output-logs=errors-only', '--no-update-notifier']),
  check('lint', 'oxlint', ['--type-aware', '--deny-warnings', 'apps', 'packages', 'infra']),
  check('format', 'biome', ['format', '.']),
  check('nothing unused', 'knip', ['--no-progress']),
  check('dependency rules', 'depcruise', ['--config', '.dependency-cruiser.mjs', 'apps', 'packages', 'infra']),
  vitest('packages/domain', PURE),
  vitest('packages/contracts', PURE),
  vitest('packages/verifier', PURE),
  vitest('packages/ui', 'vitest.config.ts'),
  vitest('packages/events', 'vitest.config.ts'),
  vitest('packages/service-kit', SERVICES),
  vitest('infra', 'vitest.config.ts'),
  vitest('apps/cli', PURE),
  vitest('apps/portal', PURE),
  vitest('apps/gateway', SERVICES),
  vitest('apps/identification-service', SERVICES),
  vitest('apps/pairing-service', SERVICES),
  vitest('apps/industry-service', SERVICES),
  vitest('apps/training-service', SERVICES),
  vitest('apps/evaluation-service', SERVICES),
  vitest('packages/e2e', 'vitest.config.ts'),
  journeys('journeys in Chromium', false, withoutChromium),
  journeys('journeys in Chromium on Kafka', true, withoutChromium ?? withoutKafka),
];

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
const allowed = JSON.parse(readFileSync(new URL('./allowed-skips.json', import.meta.url), 'utf8')) as string[];
const forbidden = process.env['CI'] === 'true' ? named.filter((skip) => !allowed.includes(skip.name)) : [];
for (const { name } of forbidden) process.stdout.write(`FAILED: in CI this must run: ${name}\n`);
const failed = counts.failed + forbidden.length;
process.stdout.write(`\n${counts.passed} passed, ${failed} failed, ${counts.skipped} skipped\n`);
process.exit(failed > 0 || counts.passed === 0 ? 1 : 0);
