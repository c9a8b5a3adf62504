import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../local/options.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort();
}

const PAGES = ['README.md', ...filesBelow('docs', '.md')];

/** A heading's address, as code hosts make it. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (page: string): string[] =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => anchor(text));

/** Relative links and pictures of a page that lead nowhere. */
function brokenLinks(page: string): string[] {
  return [...read(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [path = '', fragment] = target.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(ROOT, file))) return true;
      return fragment !== undefined && !anchorsOf(file).includes(fragment);
    });
}

const commandsOf = (page: string): string[] =>
  [
    ...read(page).matchAll(
      /npx --yes pnpm@[\d.]+ [a-z]+|--(?:demo|county|port|data|kafka)\b|\b(?:BANGFU|KAFKA|DATABASE)_[A-Z_]+/g,
    ),
  ]
    .map(([text]) => text)
    .sort();

describe.each(PAGES)('given %s', (page) => {
  it('then its links lead somewhere', () => {
    expect(brokenLinks(page)).toEqual([]);
  });

  it('then it names no place of the machine it was written on', () => {
    expect(read(page)).not.toMatch(/(?<![\w.~])\/(home|root|work|Users|mnt)\/|[A-Z]:\\\\/);
  });
});

describe('given the README in both languages', () => {
  it('then both name the same commands and settings', () => {
    expect(commandsOf('docs/README.zh-CN.md')).toEqual(commandsOf('README.md'));
  });

  it('then the package manager they name is the one of the repository', () => {
    const { packageManager } = JSON.parse(read('package.json')) as { packageManager: string };
    const named = [...PAGES, 'infra/docker/Dockerfile'].flatMap((page) => read(page).match(/pnpm@\d[\d.]*\d/g) ?? []);
    expect(new Set(named)).toEqual(new Set([packageManager]));
  });
});

describe('given the list of decisions', () => {
  it('then every decision stands in it', () => {
    const decisions = filesBelow('docs/adr', '.md').filter((page) => /\/\d{4}-/.test(page));
    const missing = decisions.filter(
      (page) => !read('docs/adr/README.md').includes(`(${page.slice('docs/adr/'.length)})`),
    );
    expect(missing).toEqual([]);
  });
});

describe('given the glossary', () => {
  const sources = ['domain', 'contracts', 'events']
    .flatMap((name) => filesBelow(`packages/${name}/src`, '.ts'))
    .map(read)
    .join('\n');

  it('then the sources write every word as it says', () => {
    const rows = read('docs/glossary.md')
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.startsWith('| 中文'));
    const words = rows.flatMap((row) =>
      [...(row.split('|')[3] ?? '').matchAll(/`([^`]+)`/g)].map(([, word = '']) => word),
    );
    expect(words.length).toBeGreaterThan(50);
    const strange = words.filter((word) => !new RegExp(`'${word}'|\\b${word}\\??:|\\btype ${word}\\b`).test(sources));
    expect(strange).toEqual([]);
  });
});
