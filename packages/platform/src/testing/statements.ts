import { globSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Statement } from '@bangfu/data/statement';
import pg from 'pg';

/** What PostgreSQL says of a statement that it has prepared. */
interface Described {
  readonly parameters: readonly number[];
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

/** The little of the protocol's connection that describing needs, which the driver's types leave out. */
interface Wire {
  parse(message: { name: string; text: string; types: number[] }): void;
  describe(message: { type: 'S'; name: string }): void;
  sync(): void;
  once(event: 'parameterDescription', listener: (message: { dataTypeIDs: number[] }) => void): void;
  removeAllListeners(event: 'parameterDescription'): void;
}

/** Prepares a statement without running it. @throws the error of PostgreSQL */
function describe(client: pg.Client, text: string): Promise<Described> {
  const { promise, resolve, reject } = Promise.withResolvers<Described>();
  let parameters: readonly number[] = [];
  let fields: Described['fields'] = [];
  let wire: Wire | undefined;
  const end = (settle: () => void) => {
    wire?.removeAllListeners('parameterDescription');
    settle();
  };
  const submitted = {
    submit(connection: unknown) {
      wire = connection as Wire;
      wire.once('parameterDescription', (message) => {
        parameters = message.dataTypeIDs;
      });
      wire.parse({ name: '', text, types: [] });
      wire.describe({ type: 'S', name: '' });
      wire.sync();
    },
    handleRowDescription(message: { fields: Described['fields'] }) {
      fields = message.fields;
    },
    handleError: (error: Error) => end(() => reject(error)),
    handleReadyForQuery: () => end(() => resolve({ parameters, fields })),
  };
  client.query(submitted as unknown as pg.Submittable);
  return promise;
}

const isStatement = (value: unknown): value is Statement =>
  typeof value === 'object' && value !== null && 'text' in value && 'takes' in value && 'gives' in value;

/** The statements that a file exports: alone, in lists or by names. @throws Error for anything else it exports */
function statementsOf(exported: unknown, place: string): { place: string; statement: Statement }[] {
  if (isStatement(exported)) return [{ place, statement: exported }];
  if (typeof exported !== 'object' || exported === null) throw new Error(`${place} is no statement`);
  return Object.entries(exported).flatMap(([name, value]) => statementsOf(value, `${place}.${name}`));
}

/** Every statement of the files `*.sql.ts` below some folders. */
export async function declaredStatements(folders: readonly string[]) {
  const files = folders.flatMap((folder) => globSync(`${folder}/**/*.sql.ts`));
  const found = await Promise.all(
    files.map(async (file) => statementsOf(await import(pathToFileURL(file).href), file.replace(/^.*\/src\//, ''))),
  );
  return found.flat();
}

const PLATFORM = fileURLToPath(new URL('..', import.meta.url));

/**
 * Prepares every statement of a service, and of the platform, on the service's database, in a transaction that is rolled
 * back. @returns what differs from what is declared, each with its place
 */
export async function wrongStatements(url: string, folder: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, options: '-c search_path=public,platform' });
  await client.connect();
  try {
    const { rows } = await client.query<{ oid: number; type: string }>(
      'SELECT oid::int AS oid, oid::regtype::text AS type FROM pg_type',
    );
    const typeOf = new Map(rows.map(({ oid, type }) => [oid, type]));
    const wrong: string[] = [];
    for (const { place, statement } of await declaredStatements([folder, PLATFORM])) {
      await client.query('BEGIN');
      try {
        for (const before of statement.after) await client.query(before.text);
        const { parameters, fields } = await describe(client, statement.text);
        const takes = statement.takes.map(({ type }) => type);
        const gives = Object.entries(statement.gives).map(([name, { type }]) => `${name} ${type}`);
        const taken = parameters.map((oid) => typeOf.get(oid));
        const given = fields.map(({ name, dataTypeID }) => `${name} ${typeOf.get(dataTypeID)}`);
        if (taken.join() !== takes.join()) wrong.push(`${place} takes ${taken.join(', ')}, not ${takes.join(', ')}`);
        if (given.join() !== gives.join()) wrong.push(`${place} gives ${given.join(', ')}, not ${gives.join(', ')}`);
      } catch (error) {
        wrong.push(`${place}: ${error instanceof Error ? error.message : String(error)}`);
      } finally {
        await client.query('ROLLBACK');
      }
    }
    return wrong;
  } finally {
    await client.end();
  }
}
