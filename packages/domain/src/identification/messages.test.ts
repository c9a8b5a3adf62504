import { expect, test } from 'vitest';
import { IDENTIFICATION_MESSAGES, IDENTIFICATION_WORDS } from './messages.ts';

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

test.each(Object.entries(IDENTIFICATION_MESSAGES))(
  '%s has both languages with the same placeholders',
  (_code, { zh, en }) => {
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).not.toMatch(/\p{Script=Han}/u);
    expect(placeholders(zh)).toEqual(placeholders(en));
  },
);

test('every word of a placeholder has a name in both languages', () => {
  for (const { zh, en } of Object.values(IDENTIFICATION_WORDS)) {
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).toMatch(/^[\x20-\x7e]+$/);
  }
});
