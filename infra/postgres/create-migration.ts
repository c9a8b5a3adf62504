// Writes the next migration of a service from its schema file: node --conditions=SOURCE infra/postgres/create-migration.ts <service> <name>
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DATABASES, type DatabaseName, prismaFolder, prismaMigrations } from './databases.ts';
import { establishDatabase, migrateTables } from './migrate.ts';
import { schemaDifference } from './prisma-engine.ts';
import { startPostgres } from './server.ts';

const [service, name] = process.argv.slice(2);
if (!DATABASES.includes(service as DatabaseName) || service === 'events' || !/^[a-z0-9_]+$/.test(name ?? '')) {
  process.stderr.write('usage: create-migration.ts <service> <name_in_lower_case>\n');
  process.exit(2);
}
const database = service as Exclude<DatabaseName, 'events'>;
const folder = mkdtempSync(join(tmpdir(), 'bangfu-migration-'));
const server = await startPostgres(folder, { fast: true });
try {
  mkdirSync(join(prismaFolder(database), 'migrations'), { recursive: true });
  const { migrator } = await establishDatabase(server.url, 'shadow', 'shadow');
  // Those of the platform too: a service's own may read its tables.
  await migrateTables(database, migrator);
  const { schema } = prismaMigrations(database);
  const sql = await schemaDifference(migrator, schema);
  if (sql === null) {
    process.stdout.write('the migrations already lead to the schema\n');
  } else {
    const target = join(
      prismaFolder(database),
      'migrations',
      `${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}_${name}`,
    );
    mkdirSync(target);
    writeFileSync(join(target, 'migration.sql'), sql);
    writeFileSync(join(prismaFolder(database), 'migrations', 'migration_lock.toml'), 'provider = "postgresql"\n');
    process.stdout.write(`wrote ${target}\n`);
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
