import { nameKey, nameKeySql } from '@bangfu/domain/shared/normalise';
import { typedKeySql } from '@bangfu/domain/shared/typed-number';
import { type Expression, type RawBuilder, sql, type SqlBool } from 'kysely';
import { pinyin } from 'pinyin-pro';

/** Letters that may be the initials of a name; one alone would find everybody. */
const INITIALS = /^[a-z]{2,6}$/i;
const [FIRST_SIGN, LAST_SIGN] = [0x4e00, 0x9fff];

let signsByLetter: ReadonlyMap<string, string> | undefined;

/** The signs any reading of which begins with a letter. Made once, when somebody first searches by initials. */
function signsOf(letter: string): string {
  if (!signsByLetter) {
    const signs = new Map<string, string>();
    for (let code = FIRST_SIGN; code <= LAST_SIGN; code++) {
      const sign = String.fromCharCode(code);
      const readings = pinyin(sign, { multiple: true, pattern: 'first', toneType: 'none', type: 'array' });
      for (const first of new Set(readings))
        if (/^[a-z]$/.test(first)) signs.set(first, (signs.get(first) ?? '') + sign);
    }
    signsByLetter = signs;
  }
  return signsByLetter.get(letter) ?? '';
}

/** A text that stands for itself in a regular expression of PostgreSQL and of JavaScript; a name's dot is any dot. */
const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll('·', '[·.]');

/**
 * What a search asks for, as a regular expression over `nameKey`s (and numbers) from their beginning: any writing of
 * the beginning of a name, or the initials of its pinyin (zs finds 张三).
 * @returns null when nothing is searched for
 */
export function searchPattern(search: string | undefined): string | null {
  const key = nameKey(search ?? '');
  if (key === '') return null;
  if (!INITIALS.test(key)) return `^${literal(key)}`;
  const classes = [...key.toLowerCase()].map((letter) => `[${letter}${letter.toUpperCase()}${signsOf(letter)}]`);
  return `^${classes.join('')}`;
}

/** The SQL condition that a column of names begins as a `searchPattern` says; `param` is its placeholder. */
export function nameBegins(column: string, param: string): string {
  return `${nameKeySql(column)} ~ ${param}`;
}

/** As `nameBegins`, anywhere in the name: of units, entities, classes. */
export function nameHolds(column: string, param: string): string {
  return `${nameKeySql(column)} ~ substr(${param}, 2)`;
}

/** The SQL condition that a column of numbers begins with a `searchPattern`; capitals, blanks and hyphens are ignored. */
export function numberBegins(column: string, param: string): string {
  return `${typedKeySql(column)} ~ ${typedKeySql(param)}`;
}

/** SQL that is made around the name of a column, around an expression. */
const around = (make: (column: string) => string, of: Expression<unknown>): RawBuilder<unknown> =>
  sql.join(
    make('\0')
      .split('\0')
      .map((part) => sql.raw(part)),
    sql`${of}`,
  );

/** What names are compared by, of an expression (domain/shared/normalise, `nameKey`). */
export const nameKeyOf = (name: Expression<unknown>): RawBuilder<unknown> => around(nameKeySql, name);

/** As `nameHolds`, of an expression and the `searchPattern` itself; all names hold nothing. */
export const holdsName = (name: Expression<unknown>, pattern: string | null): RawBuilder<SqlBool> =>
  pattern === null ? sql`true` : sql`${around(nameKeySql, name)} ~ substr(${pattern}, 2)`;

/** As `nameBegins`, of an expression and the `searchPattern` itself. */
export const beginsName = (name: Expression<unknown>, pattern: string): RawBuilder<SqlBool> =>
  sql`${around(nameKeySql, name)} ~ ${pattern}`;

/** As `numberBegins`, of an expression and the `searchPattern` itself. */
export const beginsNumber = (number: Expression<unknown>, pattern: string): RawBuilder<SqlBool> =>
  sql`${around(typedKeySql, number)} ~ ${around(typedKeySql, sql`${pattern}::text`)}`;
