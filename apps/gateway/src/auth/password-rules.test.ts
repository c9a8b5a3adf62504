import { dictionary } from '@zxcvbn-ts/language-common';
import { describe, expect, test } from 'vitest';
import { checkPassword } from './password-rules.ts';

const refusal = (password: string): string | null => {
  try {
    checkPassword(password, 'wang.fang');
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
};
/** The contract asks for ten characters; shorter words of the list come with what people add to them. */
const CONTRACT_LENGTH = 10;

describe('passwords that are guessed', () => {
  test.each([
    'woaini1314',
    'WoAiNi1314!',
    'woaiwojia1',
    'woaini520520', // prettier-ignore
    'zhangwei123',
    'ZhangWei@1990',
    'lilei19880808',
    'wang123456',
    '19900101lina',
    '1qaz2wsx3edc',
    '1qaz@WSX3edc',
    'qwertyuiop123',
    'asdfghjkl123',
    'qazwsxedcrfv',
    'zxcvbnm,./1',
    '12345678910',
    '1234567890',
    '13800138000',
    '211382199001011234',
    '0421-7223456',
    'Password123!',
    'P@ssw0rd2026',
    'admin12345',
    'Fupin@2026',
    'bangfu2026',
    'lingyuan2026',
    'iloveyou1314',
    'abcdefghij',
    'abcd123456',
    'aa11bb22aa11',
    'passwordpassword',
  ])('given %s, then it is refused', (password) => {
    expect(refusal(password)).not.toBeNull();
  });

  test('given any of the list, in capitals and with a number behind it, then it is refused', () => {
    const list = dictionary['passwords-common'] as readonly string[];
    // The most used ones each, of the others every fiftieth.
    const some = list.filter((_, at) => at < 500 || at % 50 === 0);
    const taken = some
      .flatMap((word) => [word, word.toUpperCase(), `${word}1`, `${word}2026`, `${word}!`])
      .filter((word) => word.length >= CONTRACT_LENGTH && refusal(word) === null);
    expect(taken).toEqual([]);
  });
});

describe('passwords that are not', () => {
  test.each([
    'a good secret 7',
    'Journey-admin-2026',
    'kx7m-q9pd-2hfa',
    'correct horse battery',
    '小河边的老槐树三百岁啊', // prettier-ignore
    'dashan-heliu-muqiao-yueliang',
  ])('given %s, then it is taken', (password) => {
    expect(refusal(password)).toBeNull();
  });

  test('given the longest there is, then it is judged within a blink', () => {
    const started = performance.now();
    for (const piece of ['p4ssw0rd!@$', '1234567890qwertyuiop', 'ab1', 'zz']) refusal(piece.repeat(128).slice(0, 128));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
