import { createHash } from 'node:crypto';
import { closeSync, createReadStream, existsSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { create, extract, list } from 'tar';
import { DATABASES } from '../postgres/databases.ts';
import { readOptions, WrongSetting } from './options.ts';
import { findRunning } from './running.ts';

/** What a backup holds. */
export interface BackupContents {
  readonly databases: number;
  readonly files: number;
  readonly sha256: string;
}

/** What of a data folder is the installation; caches, logs and programs are made again. */
const PARTS = [
  'secrets.json',
  'installation.json',
  'postgres/cluster',
  'postgres/superuser-password',
  'files',
  'kafka',
];

/**
 * Writes the whole installation of a data folder into one archive: databases, files, secrets. The databases hold each
 * other's events, so they are taken while nothing runs. The archive holds the keys: keep it as safe as the server.
 * @throws WrongSetting while the platform runs on the folder, or when nothing is there
 */
export async function backUp(target: string, data: string = readOptions({}).data): Promise<BackupContents> {
  refuseWhenRunning(data);
  const present = PARTS.filter((part) => existsSync(join(data, part)));
  if (!present.includes('postgres/cluster')) throw new WrongSetting('BANGFU_DATA', data, '平台启动过的数据目录');
  const temporary = `${target}.part`;
  try {
    // Nobody else may read it from its first byte on: it holds the keys.
    closeSync(openSync(temporary, 'w', 0o600));
    const isCopy = (path: string) => !path.startsWith('files/') || !path.split('/').includes('incoming');
    await create({ gzip: true, file: temporary, cwd: data, portable: false, filter: isCopy }, present);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return { databases: DATABASES.length, files: countFiles(join(data, 'files')), sha256: await sha256Of(target) };
}

/**
 * Puts an archive back into an empty data folder.
 * @throws WrongSetting when the folder is in use or not empty, or the archive is none of ours
 */
export async function restore(source: string, data: string = readOptions({}).data): Promise<BackupContents> {
  refuseWhenRunning(data);
  if (existsSync(data) && readdirSync(data).length > 0)
    throw new WrongSetting('BANGFU_DATA', data, '空目录（恢复不会覆盖已有数据）');
  const names: string[] = [];
  await list({ file: source, onReadEntry: (entry) => names.push(entry.path) });
  if (!names.some((name) => name.startsWith('postgres/cluster/PG_VERSION')))
    throw new WrongSetting('FILE', source, 'bangfu backup 生成的备份');
  mkdirSync(data, { recursive: true });
  await extract({ file: source, cwd: data, preserveOwner: process.getuid?.() === 0, strict: true });
  return { databases: DATABASES.length, files: countFiles(join(data, 'files')), sha256: await sha256Of(source) };
}

function refuseWhenRunning(data: string): void {
  const running = findRunning(data);
  if (running)
    throw new WrongSetting('BANGFU_DATA', data, `已停止的平台的数据目录（进程 ${running.pid} 正在使用，请先停止）`);
}

function countFiles(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
