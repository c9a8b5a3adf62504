import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What the lint of the test command says of a component with this body. */
function lint(body: string): { readonly exit: number | null; readonly said: string } {
  const folder = mkdtempSync(join(tmpdir(), 'bangfu-lint-'));
  const file = join(folder, 'planted.tsx');
  const head = "import { useEffect, useLayoutEffect } from 'react';\nimport * as React from 'react';\n";
  writeFileSync(file, `${head}export function Planted({ place, load, video }) {\n${body}\n}\n`);
  const args = ['-c', join(ROOT, '.oxlintrc.json'), '--deny-warnings', file];
  const { status, stdout } = spawnSync(join(ROOT, 'node_modules/.bin/oxlint'), args, { cwd: ROOT, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return { exit: status, said: stdout };
}

describe('what an effect gives back', () => {
  it.each([
    ['an expression', "useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), []); return null;"],
    ['an expression of a layout effect', 'useLayoutEffect(() => place.focus(), []); return null;'],
    ['an expression under the name of the library', 'React.useEffect(() => place.focus(), []); return null;'],
    ['a function from elsewhere', 'useEffect(load, [load]); return null;'],
    ['an async function', 'useEffect(async () => { await load(); }, [load]); return null;'],
    ['the value of a call', 'useEffect(() => { if (place) return video.play(); return undefined; }, []); return null;'],
    ['an expression of a ref', 'return <div ref={(element) => element?.scrollIntoView()} />;'],
  ])('given %s, then the lint refuses it', (_, body) => {
    const { exit, said } = lint(body);
    expect(exit).toBe(1);
    expect(said).toContain('screens(effect-returns-clean-up)');
  });

  it('given clean-up, an early end or nothing, then it passes', () => {
    const { said } = lint(`
      useEffect(() => { if (!place) return; const on = () => { return load(); }; on(); return () => { place.stop(); }; }, [place, load]);
      useLayoutEffect(() => { place.focus(); }, [place]);
      return <div ref={(element) => { load(element); }} />;`);
    expect(said).not.toContain('effect-returns-clean-up');
  });
});

describe('what leads to another page', () => {
  it.each([
    ['an expression', "onClick={() => navigate('/cases/new')}"],
    ['a call whose answer is thrown away', 'onClick={() => void navigate(place)}'],
    ['the opening of a row', 'onOpen={(row) => navigate(row.id)}'],
    ['a block', 'onClick={() => { navigate(place); }}'],
    ['a block that throws the answer away', 'onClick={() => { void navigate(place); }}'],
  ])('given a button that only does so, written as %s, then the lint refuses it', (_, press) => {
    const { exit, said } = lint(`const navigate = load; return <button type="button" ${press}>办理</button>;`);
    expect(exit).toBe(1);
    expect(said).toContain('screens(leads-by-link)');
  });

  it('given an act that leads on when it is done, then it passes', () => {
    const { said } = lint(
      'const navigate = load; return <button type="button" onClick={() => { place.save(); navigate(place); }}>保存</button>;',
    );
    expect(said).not.toContain('leads-by-link');
  });
});
