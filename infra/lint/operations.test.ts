import { globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const textOf = (file: string) => readFileSync(`${ROOT}${file}`, 'utf8');
const sources = globSync(['apps/{*-service,gateway}/src/**/*.ts', 'packages/platform/src/**/*.ts'], {
  cwd: ROOT,
  exclude: (name) => /node_modules|generated/.test(name),
}).filter((file) => !/\.test\.ts$|\/testing\/|^packages\/platform\/src\/operation\//.test(file));
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** How often the ways are used that operations and typed SQL replace (ADR 0029, 0030). */
const OLD_WAYS = {
  'routes made by hand': /\broute\(router/g,
  'rows typed by what the author believes': /\.query<|readPage<|inBatches<|inPortions</g,
  'records through the Prisma client':
    /\b(?:tx|prisma)\.(?!sql\b)\w+\.(?:find|create|update|delete|upsert|count|aggregate|groupBy)/g,
} as const;

describe('given the operations of the services', () => {
  const handled = sources.flatMap((file) =>
    [
      ...textOf(file).matchAll(
        /export const (\w+) = (?:command|query|procedure|download|paper|upload|list)\(\s*(?:\w+\.)?(\w+),/g,
      ),
    ].map((found) => ({
      file,
      name: found[1] ?? '',
      contract: found[2] ?? '',
    })),
  );

  it('then contract, handler, file and folder have one name', () => {
    expect(handled.length).toBeGreaterThan(5);
    const elsewhere = handled.filter(
      ({ file, name, contract }) =>
        name !== contract || basename(file) !== `${kebab(name)}.ts` || basename(dirname(file)) !== kebab(name),
    );
    expect(elsewhere).toEqual([]);
  });

  it('then the ways that they replace become fewer: lower the number with each that goes', () => {
    const count = (pattern: RegExp) =>
      sources.reduce((sum, file) => sum + [...textOf(file).matchAll(pattern)].length, 0);
    expect(Object.fromEntries(Object.entries(OLD_WAYS).map(([way, pattern]) => [way, count(pattern)]))).toEqual({
      'routes made by hand': 10,
      'rows typed by what the author believes': 42,
      'records through the Prisma client': 0,
    });
  });
});

describe('given the files that are handed out', () => {
  it('then each whose contract names an action for the audit log writes it down', () => {
    const contracts = globSync('packages/contracts/src/**/*.ts', { cwd: ROOT }).map(textOf).join('\n');
    const isAudited = (name: string) =>
      /\baudit: '/.test(new RegExp(`export const ${name} = operation\\(\\{[^]*?\\n\\}\\);`).exec(contracts)?.[0] ?? '');
    const downloads = sources.flatMap((file) =>
      [...textOf(file).matchAll(/export const (\w+) = download\(/g)].map(([, name = '']) => ({ file, name })),
    );
    expect(downloads.filter(({ name }) => isAudited(name)).length).toBeGreaterThan(5);
    const silent = downloads.filter(
      ({ file, name }) => isAudited(name) && !/\b(?:noteLook|carryOut)[(<]/.test(textOf(file)),
    );
    expect(silent).toEqual([]);
  });
});

describe('given the reactions of the services', () => {
  it('then each lies in a feature, or in reactions under the name of its event', () => {
    const reacting = sources
      .filter((file) => file.startsWith('apps/'))
      .flatMap((file) =>
        [...textOf(file).matchAll(/\breaction\(\s*(\w+),/g)].map((found) => ({ file, event: kebab(found[1] ?? '') })),
      );
    expect(reacting.length).toBeGreaterThan(5);
    const elsewhere = reacting.filter(
      ({ file, event }) => !file.includes('/src/features/') && !file.endsWith(`/src/reactions/${event}.ts`),
    );
    expect(elsewhere).toEqual([]);
  });
});

describe('given the statements in SQL', () => {
  it('then each lies in a file *.sql.ts, where its service checks it', () => {
    const made = sources.filter((file) => /\bstatement\(/.test(textOf(file)) && !file.endsWith('.sql.ts'));
    expect(made).toEqual([]);
  });
});

describe('given the schemas that typed SQL is generated from', () => {
  it.each(
    globSync('apps/*/prisma/schema.prisma', { cwd: ROOT }).filter((file) => textOf(file).includes('prisma-kysely')),
  )('%s: then a day is a text, as the driver gives it', (file) => {
    const lines = textOf(file).split('\n');
    const days = lines.flatMap((line, at) => (/@db\.Date\b/.test(line) ? [at] : []));
    expect(days.filter((at) => !lines[at - 1]?.includes('@kyselyType(string)')).map((at) => lines[at])).toEqual([]);
  });
});
