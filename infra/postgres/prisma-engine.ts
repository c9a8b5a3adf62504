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

/** Opens the engine's connections, and closes them when asked: the engine itself never does. */
class MigratingFactory extends PrismaPg {
  readonly #opened: { dispose(): Promise<void> }[] = [];

  override async connect() {
    const connected = withCharColumns(await super.connect());
    this.#opened.push(connected);
    return connected;
  }

  async close(): Promise<void> {
    for (const connection of this.#opened.splice(0)) await connection.dispose();
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

/** Works with an engine. Its connections end with the work: one that stays holds the lock on the migrations. */
async function withEngine<T>(url: string, schema: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const { SchemaEngine } = await loadEngine();
  const factory = new MigratingFactory({ connectionString: url });
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(factory);
    const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, adapter);
    const result = await work(engine);
    engine.free?.();
    return result;
  } finally {
    await factory.close();
  }
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
  const input = { migrationsList: asList(migrations), filters: NO_FILTERS };
  const { appliedMigrationNames } = await withEngine(url, schema, (engine) => engine.applyMigrations(input));
  return appliedMigrationNames;
}

/** The SQL that leads from a database to what the schema file says; null when they agree. */
export async function schemaDifference(url: string, schema: string): Promise<string | null> {
  const files = [{ path: 'schema.prisma', content: schema }];
  const { exitCode, stdout } = await withEngine(url, schema, (engine) =>
    engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: '.' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: NO_FILTERS,
      shadowDatabaseUrl: null,
    }),
  );
  return exitCode === 0 ? null : (stdout ?? '');
}
