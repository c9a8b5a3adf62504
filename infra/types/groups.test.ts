import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, matchesGlob, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const HERE = import.meta.dirname;

interface Config {
  readonly extends?: string;
  readonly include?: readonly string[];
  readonly compilerOptions?: Readonly<Record<string, unknown>>;
}

const read = (path: string): Config => JSON.parse(readFileSync(path, 'utf8')) as Config;

/** The options of a configuration with all it extends; types by their name, wherever they are looked for. */
function optionsOf(path: string): Record<string, unknown> {
  const { extends: base, compilerOptions = {} } = read(path);
  const { types, ...own } = compilerOptions;
  const named = Array.isArray(types)
    ? {
        types: types.map((each) =>
          String(each)
            .replace(/^.*node_modules\//, '')
            .replace(/\.d\.ts$/, ''),
        ),
      }
    : {};
  return { ...(base ? optionsOf(resolve(dirname(path), base)) : {}), ...own, ...named };
}

/** What a configuration includes, from the root of the repository. */
const includedBy = (path: string) =>
  (read(path).include ?? []).map((each) => relative(ROOT, resolve(dirname(path), each)));

const PACKAGES = ['apps', 'packages']
  .flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => join(folder, name)))
  .concat('infra')
  .filter((folder) => existsSync(join(ROOT, folder, 'tsconfig.json')));
const GROUPS = readdirSync(HERE)
  .filter((file) => file.endsWith('.json'))
  .map((file) => join(HERE, file));

describe('given the groups in which types are checked', () => {
  it.each(PACKAGES)('%s is in one of them, with all that it includes and its own options', (folder) => {
    const own = join(ROOT, folder, 'tsconfig.json');
    const included = includedBy(own);
    expect(included.length).toBeGreaterThan(0);
    const groups = GROUPS.filter((group) =>
      included.every((path) => includedBy(group).some((each) => path === each || matchesGlob(path, each))),
    );
    expect(groups).toHaveLength(1);
    expect(optionsOf(groups[0] ?? '')).toEqual(optionsOf(own));
  });
});
