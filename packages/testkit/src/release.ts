import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DATABASES, type DatabaseName } from '@bangfu/infra/postgres/databases';
import { establishDatabase, migrateDatabase, migrateTables } from '@bangfu/infra/postgres/migrate';
import { startPostgres } from '@bangfu/infra/postgres/server';
import type pg from 'pg';
import { create, extract } from 'tar';
import { onServer, urlOf } from './postgres.ts';
import { differences, type KeptTable, readTables, type TableDifference, writeTables } from './release-rows.ts';

/** What of a data folder is kept beside the rows. */
const PARTS = ['secrets.json', 'installation.json', 'files'];
const tablesFile = (folder: string, name: DatabaseName) => join(folder, 'tables', `${name}.json`);

/** One database of a release: which migrations it had, and its rows. */
interface KeptDatabase {
  readonly migrations: { readonly own: readonly string[]; readonly platform: readonly string[] };
  readonly tables: readonly KeptTable[];
}

const keptDatabase = (folder: string, name: DatabaseName): KeptDatabase =>
  JSON.parse(readFileSync(tablesFile(folder, name), 'utf8')) as KeptDatabase;

async function names(client: pg.Client, query: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(query);
  return rows.map(({ name }) => name);
}

/** Keeps the data folder of a stopped platform as one archive: the migrations and rows of all databases, files, keys. */
export async function keepRelease(data: string, target: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bangfu-release-'));
  const server = await startPostgres(join(data, 'postgres'));
  try {
    mkdirSync(join(folder, 'tables'));
    for (const name of DATABASES) {
      const kept = await onServer(urlOf(server.url, name), async (client): Promise<KeptDatabase> => {
        const platform = await names(
          client,
          `SELECT name FROM platform.migration WHERE name <> 'grants' ORDER BY name`,
        );
        const own =
          name === 'events'
            ? []
            : await names(client, 'SELECT migration_name AS name FROM public._prisma_migrations ORDER BY 1');
        return { migrations: { own, platform }, tables: await readTables(client) };
      });
      writeFileSync(tablesFile(folder, name), JSON.stringify(kept));
    }
  } finally {
    await server.stop();
  }
  for (const part of PARTS)
    if (existsSync(join(data, part))) cpSync(join(data, part), join(folder, part), { recursive: true });
  await create({ gzip: { level: 9 }, file: target, cwd: folder, portable: true }, readdirSync(folder));
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Lays a kept release into an empty data folder, as it was, and brings its databases to the present.
 * @param onPurpose what a migration changes on purpose, by database, as `differences` takes it
 * @returns what the migrations changed of the rows, by database
 */
export async function bringBackRelease(
  archive: string,
  data: string,
  onPurpose: Readonly<Partial<Record<DatabaseName, readonly string[]>>>,
): Promise<Partial<Record<DatabaseName, TableDifference[]>>> {
  await extract({ file: archive, cwd: data });
  const { databaseSecret } = JSON.parse(readFileSync(join(data, 'secrets.json'), 'utf8')) as { databaseSecret: string };
  const found: Partial<Record<DatabaseName, TableDifference[]>> = {};
  const server = await startPostgres(join(data, 'postgres'), { fast: true });
  try {
    for (const name of DATABASES) {
      const { migrations, tables } = keptDatabase(data, name);
      const urls = await establishDatabase(server.url, name, databaseSecret);
      const had = new Set([...migrations.own, ...migrations.platform]);
      await migrateTables(name, urls.migrator, (migration) => had.has(migration));
      const changed = await onServer(urlOf(server.url, name), async (client) => {
        await writeTables(client, tables);
        await migrateDatabase(name, urls);
        return differences(client, tables, new Set(onPurpose[name]));
      });
      if (changed.length > 0) found[name] = changed;
    }
  } finally {
    await server.stop();
    rmSync(join(data, 'tables'), { recursive: true, force: true });
  }
  return found;
}
