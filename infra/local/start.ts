import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { loadDemo } from '../demo/load.ts';
import { whenLauncherEnds } from './ancestors.ts';
import { findInstallation, keepInstallation } from './installation.ts';
import { parseFlags, readOptions, SettingsRefused, type StartFlags, WrongSetting } from './options.ts';
import { startPlatform } from './platform.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

/**
 * The start command: the whole platform on this machine until it is told to stop. On an empty data folder it makes
 * the first accounts and the demo county and prints them; a second start keeps everything.
 */
export async function start(flags: StartFlags): Promise<void> {
  const options = readOptions(flags);
  const before = findInstallation(options.data);
  const demo = before?.demo ?? options.demo ?? (isEmpty(options.data) ? 'small' : 'none');
  const county = before?.county ?? options.county;
  say(`数据目录：${options.data}`);
  const generated = demo !== 'none' && !before ? demoAdminPassword() : null;
  const platform = await startPlatform({ ...options, county }, say);

  let stopping = false;
  let lastSignal = 0;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    say('正在停止……');
    await platform.stop();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // One Ctrl-C under a package manager arrives twice within milliseconds: only a later one means force.
      const now = Date.now();
      if (stopping && now - lastSignal > 1000) process.exit(1);
      lastSignal = now;
      void stop(0);
    });
  }
  process.stdout.on('error', () => void stop(0));
  whenLauncherEnds(() => void stop(0));

  const password = generated ?? platform.firstPassword();
  if (password) say(`首个账号：admin　密码：${password}`);
  keepInstallation(options.data, { county, demo, demoLoaded: before?.demoLoaded ?? false });
  const load = async () => {
    if (demo === 'none' || before?.demoLoaded) return;
    if (before) {
      // The first start was ended while it loaded. What is there may have been worked on: nothing is done over.
      say(`演示县上次没有装完，不再续装：请用 --data 另选一个空目录，或停止后删除 ${options.data} 再启动`);
      return;
    }
    const adminPassword = process.env['BANGFU_ADMIN_PASSWORD'] ?? password ?? '';
    await loadDemo({ platform, demo, county, adminPassword, say });
    keepInstallation(options.data, { county, demo, demoLoaded: true });
  };
  // The whole county takes minutes: the platform is usable meanwhile.
  if (demo !== 'county') await load();
  say(`ready ${platform.url}`);
  if (demo === 'county') await load();
}

/**
 * A demo is loaded in the administrator's name, so his password is made here and need not be changed first; without a
 * demo the gateway makes one that must be. @returns null when the environment gives one
 */
function demoAdminPassword(): string | null {
  if (process.env['BANGFU_ADMIN_PASSWORD']) return null;
  const password = randomBytes(10)
    .toString('hex')
    .replace(/(.{5})(?=.)/g, '$1-');
  process.env['BANGFU_ADMIN_PASSWORD'] = password;
  return password;
}

function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0;
  } catch {
    return true;
  }
}

if (import.meta.main) {
  try {
    await start(parseFlags(process.argv.slice(2)));
  } catch (error) {
    const isKnown =
      error instanceof WrongSetting ||
      error instanceof SettingsRefused ||
      (error instanceof TypeError && 'code' in error);
    process.stderr.write(
      `${isKnown ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exit(isKnown ? 2 : 1);
  }
}
