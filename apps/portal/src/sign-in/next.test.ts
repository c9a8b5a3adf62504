import { describe, expect, it } from 'vitest';
import { nextPath } from './next.ts';

const ORIGIN = 'https://bangfu.example';
const next = (asked: string) => nextPath(`?next=${encodeURIComponent(asked)}`, ORIGIN);

describe('where a sign-in leads', () => {
  it('given a path of the platform, then there, with its filters', () => {
    expect(next('/identification/?region=990101001000#top')).toBe('/identification/?region=990101001000#top');
  });

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    '',
  ])('given %s, then the first page', (asked) => {
    expect(next(asked)).toBe('/');
  });

  it.each(['/sign-in', '/sign-in?next=%2F', '/password'])('given %s, then no circle', (asked) => {
    expect(next(asked)).toBe('/');
  });

  it('given nothing, then the first page', () => {
    expect(nextPath('', ORIGIN)).toBe('/');
  });
});
