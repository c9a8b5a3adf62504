import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { newerInScripts, newerInStyles, OLDEST } from './newer.ts';

const APPS = fileURLToPath(new URL('../../apps/', import.meta.url));
const FRONT_ENDS = readdirSync(APPS).filter((name) => existsSync(join(APPS, name, 'vite.config.ts')));

/** What is used all the same, and why the oldest browser goes without it or has it under this name. */
const ALLOWED: Readonly<Record<string, string>> = {
  '.equal()': 'a method of Ant Design’s own calculator of sizes',
  '.skipTransition()': 'react-router calls it on a transition that it only begins where the browser has them',
};

/** What was built of a front end, as the gateway serves it. */
function built(app: string, ending: string): string[] {
  const folder = join(APPS, app, 'dist/assets');
  const files = readdirSync(folder).filter((name) => name.endsWith(ending));
  return files.map((name) => readFileSync(join(folder, name), 'utf8'));
}

describe(`given the front ends as they are built, for Chromium ${OLDEST}`, () => {
  it('then there are the six of them', () => {
    expect(FRONT_ENDS.length).toBe(6);
  });

  it.each(FRONT_ENDS)(
    '%s uses nothing newer without a fallback',
    (app) => {
      const scripts = built(app, '.js');
      const styles = built(app, '.css');
      expect(Math.min(scripts.length, styles.length)).toBeGreaterThan(0);
      const newer = [...newerInScripts(scripts), ...styles.flatMap(newerInStyles)];
      expect(newer.filter((use) => !(use in ALLOWED))).toEqual([]);
    },
    120_000,
  );
});

describe('given what the oldest browser does not have', () => {
  it.each([
    ['const list = rows.toReversed();', '.toReversed()'],
    ['element.checkVisibility();', '.checkVisibility()'],
    ['const signal = AbortSignal.timeout(5);', 'AbortSignal.timeout'],
    ['const groups = Object.groupBy(rows, of);', 'Object.groupBy'],
    ['new CloseWatcher();', 'new CloseWatcher'],
    ['navigator.windowControlsOverlay; navigator.userActivation; navigator.devicePosture;', 'navigator.devicePosture'],
  ])('then a script with %s is found', (script, use) => {
    expect(newerInScripts([script])).toContain(use);
  });

  it.each([
    ["if ('checkVisibility' in element) element.checkVisibility();"],
    ["const signal = typeof AbortSignal.timeout === 'function' ? AbortSignal.timeout(5) : undefined;"],
    ['element.checkVisibility?.();'],
    ['const own = { toReversed() { return 1; } }; own.toReversed();'],
    ['rows.map(of).filter(Boolean).at(-1); Object.hasOwn(rows, 1); structuredClone(rows);'],
  ])('then %s is not', (script) => {
    expect(newerInScripts([script])).toEqual([]);
  });

  it.each([
    ['a:has(b) { color: red; }', ':has'],
    ['a { field-sizing: content; }', 'field-sizing'],
    ['a { height: 100dvh; }', 'dvh'],
    ['a { color: color-mix(in srgb, red, blue); }', 'color-mix()'],
    ['@container (width > 1px) { a { color: red; } }', '@container'],
    ['a { &:hover { color: red; } }', 'nesting'],
  ])('then a style sheet with %s is found', (sheet, use) => {
    expect(newerInStyles(sheet)).toContain(use);
  });

  it.each([
    ['a { height: 100vh; height: 100dvh; }'],
    ['@supports (height: 100dvh) { a { height: 100dvh; } }'],
    ['@page { size: A4; } a { inset: 0; gap: 4px; accent-color: red; }'],
  ])('then %s is not', (sheet) => {
    expect(newerInStyles(sheet)).toEqual([]);
  });
});
