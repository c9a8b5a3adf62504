import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Everything a household's place on the register was called once. */
const CALLED = ['属性', '户属性', '户状态', '农户属性', '农户状态', '贫困状态', '贫困属性'];

const wordsOf = (file: string) =>
  [...readFileSync(`${ROOT}${file}`, 'utf8').matchAll(/^\s*'?([\w.]+)'?: '([^']*)'/gm)].map(
    ([, key = '', text = '']) => ({ file, key, text }),
  );

describe('given the words of all front ends', () => {
  const files = globSync('apps/{portal,*-admin}/src/**/texts*.ts', { cwd: ROOT });

  it('then what a household is on the register has one name each, in the shell’s words', () => {
    expect(files.length).toBeGreaterThan(6);
    const own = files.flatMap(wordsOf).filter(({ text }) => CALLED.includes(text));
    expect(own).toEqual([]);
    const shell = wordsOf('packages/ui/src/lib/texts.zh-CN.ts').filter(({ text }) => CALLED.includes(text));
    expect(shell.map(({ key, text }) => [key, text])).toEqual([
      ['household.status', '户状态'],
      ['household.category', '户属性'],
    ]);
  });

  it('then a figure within a text has two braces on each side: one with a single one would be shown as it is', () => {
    const all = [...files, ...globSync('packages/ui/src/lib/texts*.ts', { cwd: ROOT })];
    const single = all.flatMap(wordsOf).filter(({ text }) => /(?<!\{)\{\w+\}|\{\w+\}(?!\})/.test(text));
    expect(single).toEqual([]);
  });
});

describe('given every refusal that domain and services are written with', () => {
  const sources = globSync(
    ['packages/{domain,data,platform}/src/**/*.ts', 'apps/*-service/src/**/*.ts', 'apps/gateway/src/**/*.ts'],
    {
      cwd: ROOT,
      exclude: (name) => name.includes('generated'),
    },
  );
  /** The codes of a file of messages that have a text in both languages. */
  const toldIn = async (file: string): Promise<string[]> => {
    const held: object = await import(`${ROOT}${file}`);
    return Object.values(held)
      .filter((each) => typeof each === 'object' && each !== null)
      .flatMap((each: object) => Object.entries(each))
      .filter(([, text]) => typeof text?.zh === 'string' && typeof text.en === 'string')
      .map(([code]) => code);
  };

  it('then each code has a text in Chinese and in English, so that no code is ever shown to a person', async () => {
    const written = sources
      .filter((file) => !file.endsWith('.test.ts'))
      .flatMap((file) => [
        ...readFileSync(`${ROOT}${file}`, 'utf8').matchAll(
          /new (?:DomainError|Refusal)\(\s*(?:\d+,\s*)?'([A-Z_0-9]+)'/g,
        ),
      ])
      .map(([, code = '']) => code);
    expect(written.length).toBeGreaterThan(50);
    const messages = sources.filter((file) => file.endsWith('messages.ts'));
    const told = new Set((await Promise.all(messages.map(toldIn))).flat());
    const untold = [...new Set(written)].filter((code) => !told.has(code));
    expect(untold).toEqual([]);
  });

  it('then no screen of a front end writes a code as its text', () => {
    const screens = globSync(['packages/ui/src/**/*.tsx', 'apps/{portal,*-admin}/src/**/*.tsx'], { cwd: ROOT });
    const shown = screens.filter((file) =>
      /(?<!\$)\{\s*\w*(?:problem|error|refusal)\.code\s*\}/i.test(readFileSync(`${ROOT}${file}`, 'utf8')),
    );
    expect(shown).toEqual([]);
  });
});
