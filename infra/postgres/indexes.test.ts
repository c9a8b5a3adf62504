import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DATABASES, prismaFolder } from './databases.ts';

const CREATED = /CREATE (?:UNIQUE )?INDEX "?(\w+)"?([^;]*)/g;
const DROPPED = /DROP INDEX "?(\w+)"?/g;
/** What Prisma's schema cannot say of an index: its generator takes such an index for one too many and drops it. */
const BY_HAND = /COLLATE|WHERE|USING|_pattern_ops|\([^)]*\(/i;

/** The migrations of a database in their order. */
function migrationsOf(folder: string): { name: string; sql: string }[] {
  return readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isDirectory())
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(folder, name, 'migration.sql'), 'utf8') }));
}

describe.each(DATABASES.filter((name) => name !== 'events'))('given the migrations of %s', (database) => {
  it('then none drops an index that an earlier one wrote by hand', () => {
    const byHand = new Set<string>();
    const lost: string[] = [];
    for (const { name, sql } of migrationsOf(join(prismaFolder(database), 'migrations'))) {
      for (const [, index = ''] of sql.matchAll(DROPPED)) if (byHand.has(index)) lost.push(`${name}: ${index}`);
      for (const [, index = '', definition = ''] of sql.matchAll(CREATED)) {
        if (BY_HAND.test(definition)) byHand.add(index);
      }
    }
    expect(lost).toEqual([]);
  });
});
