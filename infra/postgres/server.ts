import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { keepServer } from '../kafka/keeper.ts';
import { freePort } from '../local/free-port.ts';
import { postgresPrograms, type RunAs, run, serverUser } from './binaries.ts';

/** A PostgreSQL server of our own. */
export interface LocalPostgres {
  /** The superuser's address of the maintenance database. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Settles when the server has ended, however that came. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the embedded PostgreSQL with its cluster under `folder`, made on the first start. It listens on 127.0.0.1
 * only and ends with this process, however that ends. `fast` gives up durability and is for tests alone; a server that
 * comes back is given the `port` it had.
 */
export async function startPostgres(
  folder: string,
  options: { fast?: boolean; port?: number } = {},
): Promise<LocalPostgres> {
  const runAs = await serverUser();
  mkdirSync(folder, { recursive: true });
  await letThrough(folder, runAs);
  const programs = await postgresPrograms(folder, runAs);
  const cluster = join(folder, 'cluster');
  const password = clusterPassword(folder);
  if (!existsSync(join(cluster, 'PG_VERSION'))) {
    mkdirSync(cluster, { recursive: true, mode: 0o700 });
    if (runAs.uid !== undefined && runAs.gid !== undefined) chownSync(cluster, runAs.uid, runAs.gid);
    const passwordFile = join(folder, 'initial-password');
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (runAs.uid !== undefined && runAs.gid !== undefined) chownSync(passwordFile, runAs.uid, runAs.gid);
    await run(
      join(programs, 'initdb'),
      [
        '-D',
        cluster,
        '-U',
        'postgres',
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--locale=C',
        '--no-instructions',
        ...(options.fast ? ['--no-sync'] : []),
      ],
      { ...runAs, cwd: folder },
    );
    writeFileSync(passwordFile, '');
  }
  chmodSync(cluster, 0o700);
  await endLeftover(cluster);
  const port = options.port ?? (await freePort());
  const settings: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: '400',
    shared_buffers: options.fast ? '128MB' : '256MB',
    max_wal_size: '4GB',
    wal_compression: 'on',
    random_page_cost: '1.1',
    jit: 'off',
    ...(options.fast ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  const server = await keepServer({
    command: join(programs, 'postgres'),
    args: ['-D', cluster, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    ...runAs,
    cwd: folder,
    stopSignal: 'SIGINT',
    readyLine: 'database system is ready to accept connections',
    readyWithinMs: 60_000,
  });
  const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  return { url, port, pid: server.pid, ended: server.ended, stop: () => server.stop() };
}

/**
 * Lets the server's own user pass through the folder and the one above it, which are ours; what is secret inside has
 * its own mode. @throws Error naming the folder further up that he cannot pass
 */
async function letThrough(folder: string, runAs: RunAs): Promise<void> {
  if (runAs.uid === undefined) return;
  chmodSync(folder, 0o755);
  const above = dirname(folder);
  const mode = statSync(above).mode & 0o777;
  if ((mode & 0o001) === 0) chmodSync(above, mode | 0o011);
  try {
    await run('/usr/bin/env', ['test', '-x', folder], { ...runAs, cwd: '/' });
  } catch {
    throw new Error(
      `数据目录 ${folder} 的上级目录不允许用户 postgres 进入：请用 --data 或 BANGFU_DATA 换一个目录（例如 /var/lib 下）`,
    );
  }
}

function clusterPassword(folder: string): string {
  const file = join(folder, 'superuser-password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

/**
 * What outlived its keeper is ended before its cluster is opened again: a whole server (kill -9 of everything but it),
 * or the busy children of a killed one, who notice its death only when they next wait for something.
 */
async function endLeftover(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return;
  const [pid = '', folder] = readFileSync(file, 'utf8').split('\n');
  const commandFile = `/proc/${pid}/cmdline`;
  const isOurs = folder === cluster && existsSync(commandFile) && readFileSync(commandFile, 'utf8').includes(cluster);
  if (isOurs) process.kill(Number(pid), 'SIGINT');
  else for (const child of childrenLeft(cluster)) process.kill(child, 'SIGQUIT');
  const isThere = () => (isOurs ? existsSync(file) : childrenLeft(cluster).length > 0);
  const deadline = Date.now() + 30_000;
  while (isThere() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** The processes of a server that work in its cluster; none where the system has no /proc. */
function childrenLeft(cluster: string): number[] {
  if (!existsSync('/proc')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return (
          readlinkSync(`/proc/${name}/cwd`) === realpathSync(cluster) &&
          readFileSync(`/proc/${name}/cmdline`, 'utf8').startsWith('postgres: ')
        );
      } catch {
        // Gone meanwhile, or another user's.
        return false;
      }
    })
    .map(Number);
}
