/// <reference lib="webworker" />
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';

// Prisma's own migration engine, compiled to WebAssembly, so that nothing is downloaded (ADR 0006).

/** A migration as the engine takes it. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

interface SchemaEngine {
  applyMigrations(input: object): Promise<{ appliedMigrationNames: string[] }>;
  diff(input: object): Promise<{ exitCode: number; stdout: string | null }>;
  free?(): void;
}

interface EngineModule {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
  SchemaEngine: { new: (params: object, log: () => void, adapter: unknown) => Promise<SchemaEngine> };
}

const POSTGRES_CHAR_OID = 18;
const TEXT_OID = 25;
const NO_FILTERS = { externalTables: [], externalEnums: [] };

interface Connection {
  performIO(query: unknown): Promise<{ fields?: { dataTypeID: number }[] }>;
  queryRaw(query: unknown): Promise<{ columnTypes: number[] }>;
}

/** The adapter knows no mapping for the catalogue's "char", which introspection reads: it is shown as one character. */
function withCharColumns<T extends object>(connected: T): T {
  const connection = connected as unknown as Connection;
  const perform = connection.performIO.bind(connection);
  const query = connection.queryRaw.bind(connection);
  let chars: number[] = [];
  connection.performIO = async (q) => {
    const result = await perform(q);
    chars = [];
    for (const [index, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID !== POSTGRES_CHAR_OID) continue;
      field.dataTypeID = TEXT_OID;
      chars.push(index);
    }
    return result;
  };
  connection.queryRaw = async (q) => {
    const result = await query(q);
    for (const index of chars) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  return connected;
}

class MigratingFactory extends PrismaPg {
  override async connect() {
    return withCharColumns(await super.connect());
  }
}

let loading: Promise<EngineModule> | undefined;

function loadEngine(): Promise<EngineModule> {
  loading ??= (async () => {
    const require = createRequire(import.meta.url);
    const folder = join(require.resolve('@prisma/schema-engine-wasm'), '..');
    const glue = (await import(pathToFileURL(join(folder, 'schema_engine_bg.js')).href)) as EngineModule;
    const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, 'schema_engine_bg.wasm')), {
      './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports,
    });
    glue.__wbg_set_wasm(instance.exports);
    (instance.exports['__wbindgen_start'] as () => void)();
    (globalThis as Record<string, unknown>)['PRISMA_WASM_PANIC_REGISTRY'] = {
      set_message: (message: string) => process.stderr.write(`${message}\n`),
    };
    return glue;
  })();
  return loading;
}

async function openEngine(url: string, schema: string): Promise<SchemaEngine> {
  const { SchemaEngine } = await loadEngine();
  const factory = bindMigrationAwareSqlAdapterFactory(new MigratingFactory({ connectionString: url }));
  return SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, factory);
}

function asList(migrations: readonly Migration[]) {
  return {
    baseDir: 'migrations',
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  };
}

/** Applies what is missing; `prisma migrate deploy` understands the same history table. Answers the names applied. */
export async function applyMigrations(
  url: string,
  schema: string,
  migrations: readonly Migration[],
): Promise<string[]> {
  const engine = await openEngine(url, schema);
  const { appliedMigrationNames } = await engine.applyMigrations({
    migrationsList: asList(migrations),
    filters: NO_FILTERS,
  });
  engine.free?.();
  return appliedMigrationNames;
}

/** The SQL that leads from a database to what the schema file says; null when they agree. */
export async function schemaDifference(url: string, schema: string): Promise<string | null> {
  const engine = await openEngine(url, schema);
  const files = [{ path: 'schema.prisma', content: schema }];
  const { exitCode, stdout } = await engine.diff({
    from: { tag: 'schemaDatasource', files, configDir: '.' },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: true,
    filters: NO_FILTERS,
    shadowDatabaseUrl: null,
  });
  engine.free?.();
  return exitCode === 0 ? null : (stdout ?? '');
}
