import { demand } from '@bangfu/domain/shared/errors';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/** Distinct characters below which a password is a pattern, not a secret. */
const DISTINCT = 5;
/** Attempts within which a guesser who knows lists, keyboards and habits must not succeed. */
const GUESSES = 1e8;
/** Longer ones are judged by their beginning: what is guessed there is repeated after it. */
const JUDGED = 48;

/** Words of the place and the work, which the lists of other countries do not have. */
const LOCAL = [
  'woaini',
  'aini',
  'woaiwojia',
  'zhongguo',
  'nihao',
  'bangfu',
  'fupin',
  'tuopin',
  'pinkun',
  'zhenxing',
  'xiangcun',
  'xiangzhen',
  'nongcun',
  'nonghu',
  'jiandang',
  'gongzuo',
  'mima',
  'denglu',
  'guanliyuan',
  'beijing',
  'shanghai',
  'lingyuan',
  'zhashui',
  'admin',
  'administrator',
  'password',
  '1314',
  '5201314',
  '520',
  '888888',
  '666666',
]; // prettier-ignore

/** The common passwords that zxcvbn's authors keep, held in the package: nothing is asked of the internet. */
const guesser = new ZxcvbnFactory({
  dictionary: { common: dictionary['passwords-common'], local: LOCAL },
  graphs: adjacencyGraphs,
});

const SHIFTED = new Map([...'!@#$%^&*()'].map((sign, at) => [sign, String((at + 1) % 10)]));
/** The keys that were pressed, without the shift: 1qaz@WSX is walked like 1qaz2wsx. */
const keysOf = (password: string) => [...password.toLowerCase()].map((sign) => SHIFTED.get(sign) ?? sign).join('');

const SYLLABLE =
  '(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ian|iao|ing|ong|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|a|e|i|o|u|v)';
/** A name or a short word in pinyin with digits or signs before or after it, as a birth year or 123. */
const NAME_AND_NUMBER = new RegExp(`^[^a-z]*(?:${SYLLABLE}){1,3}[^a-z]*$`);
/** A telephone or ID number, a date, an account. */
const NUMBER = /^[\d\s-]+$/;

function isCommon(password: string, about: readonly string[]): boolean {
  const lower = password.toLowerCase();
  if (NUMBER.test(lower) || NAME_AND_NUMBER.test(lower)) return true;
  return [password, keysOf(password)].some(
    (each) => guesser.check(each.slice(0, JUDGED), [...about]).guesses < GUESSES,
  );
}

/**
 * Refuses a password that is easily guessed, from the account or by habit; its length is the contract's matter.
 * @throws DomainError PASSWORD_TOO_SIMPLE, PASSWORD_COMMON
 */
export function checkPassword(password: string, username: string): void {
  const lower = password.toLowerCase();
  demand(!lower.includes(username.toLowerCase()) && new Set(lower).size >= DISTINCT, 'PASSWORD_TOO_SIMPLE');
  demand(!isCommon(password, [username]), 'PASSWORD_COMMON');
}
