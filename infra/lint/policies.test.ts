import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const sources = globSync(['apps/*/src/**/*.{ts,tsx}', 'packages/{domain,contracts}/src/**/*.ts'], {
  cwd: ROOT,
  exclude: (name) => /node_modules|generated/.test(name),
}).filter((file) => !/\.test\.tsx?$|\.fixture\.ts$|\/testing\/|\/policies\.ts$/.test(file));

/** A default of the program's own that no county decides, each with why. */
const NO_POLICY: Readonly<Record<string, string>> = { DEFAULT_URL: 'where the command line finds the platform' };

it('a figure that a county may decide is read from its policy, never from a default in code', () => {
  const found = sources.filter((file) =>
    [...readFileSync(`${ROOT}${file}`, 'utf8').matchAll(/\bDEFAULT_[A-Z_]+/g)].some(([name]) => !(name in NO_POLICY)),
  );
  expect(found).toEqual([]);
});
