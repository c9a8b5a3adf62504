import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The one place that makes connections, all of them such that their loss is an error of who uses them. */
const CONNECTIONS = 'packages/data/src/connection.ts';

describe('given all that runs in a service, the gateway or the start command', () => {
  const sources = globSync(['apps/*/src/**/*.ts', 'packages/{data,events,platform}/src/**/*.ts', 'infra/**/*.ts'], {
    cwd: ROOT,
    exclude: (name) => /node_modules|generated/.test(name),
  }).filter((file) => !/\.test\.ts$|\/testing\/|conformance-world/.test(file));
  const textOf = (file: string) => readFileSync(`${ROOT}${file}`, 'utf8');

  it('then a client or a pool of PostgreSQL is made in one place only', () => {
    expect(sources).toContain(CONNECTIONS);
    const made = sources.filter((file) => /new pg\.|new (?:Pool|Client)\(/.test(textOf(file)));
    expect(made).toEqual([]);
    const inherited = sources.filter((file) => /extends pg\./.test(textOf(file)));
    expect(inherited).toEqual([CONNECTIONS]);
  });

  it('then no client of Prisma reads or writes: it migrates, and describes the tables', () => {
    const clients = sources.filter((file) => /@prisma\/client|new PrismaPg\(|generated\/prisma/.test(textOf(file)));
    expect(clients).toEqual([]);
  });

  it('then a failure of the database is known by its code, never by words of its message', () => {
    const byWords = sources.filter((file) =>
      /message\.(?:includes|match|startsWith)\(\s*['/`](?:Connection|timeout|terminated|Client)/i.test(textOf(file)),
    );
    expect(byWords).toEqual([]);
  });
});
