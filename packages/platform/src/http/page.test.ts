import { describe, expect, it } from 'vitest';
import { listOrder } from '@bangfu/data/list-order';
import { orderOf } from '@bangfu/data/typed-order';
import { type ReadSql, typedSql } from '@bangfu/data/typed-sql';
import { encodeCursor, pageOf, type RowKey } from './page.ts';
import { pageQuery } from './typed-page.ts';

type Query = { readonly sort?: 'name' | '-name' | 'age' | '-age' };
interface Tables {
  person: { id: string; number: string; name: string; age: number | null };
}
const from = (read: ReadSql<Tables>) => read.selectFrom('person as h').where('h.name', '<>', 'first').select('h.id');
const ORDER = orderOf<Query>()(from, ({ person, number, text, id }) => ({
  columns: { name: person('h.name'), age: { ...number('h.age'), nullable: true } },
  own: [text('h.number'), id('h.id')],
}));
const unsent = typedSql<Tables>({ query: () => Promise.reject(new Error('nothing is sent here')) });
const statement = (sort: Query['sort'], keys?: (string | null)[], isMasked = false) => {
  const asked = { sort, limit: 10, cursor: keys && encodeCursor(sort, keys) };
  const { sql } = pageQuery(from(unsent), ORDER, asked, isMasked).compile();
  return { text: sql.replaceAll('"h"."', 'h.').replaceAll(/(h\.\w+)"/g, '$1') };
};
const NAME = 'h.name collate "zh-x-icu"';
const beyond = (text: string) => /<> \$1 and (.*) order by/.exec(text)?.[1];

describe('given a list that declares its orders', () => {
  it('when one is asked for, then its own order decides between equals, and unknown comes last both ways', () => {
    expect(statement(undefined).text).toMatch(/order by h\.number, h\.id limit \$2$/);
    expect(statement('age').text).toMatch(/order by h\.age, h\.number, h\.id limit/);
    expect(statement('-age').text).toMatch(/order by h\.age desc nulls last, h\.number, h\.id limit/);
  });

  it('when it goes on, then behind the last row, unknown values or not, where an index can begin', () => {
    expect(beyond(statement(undefined, ['7', 'x']).text)).toBe('(h.number, h.id) > ($2::text, $3::uuid)');
    expect(beyond(statement('-name', ['b', '7', 'x']).text)).toBe(
      `(${NAME} <= $2::text and (${NAME} < $3::text or (${NAME} = $4::text and (h.number > $5::text or (h.number = $6::text and h.id > $7::uuid)))))`,
    );
    expect(beyond(statement('age', ['5', '7', 'x']).text)).toMatch(
      /^\(\(\(h\.age > \$2::bigint or h\.age is null\) or /,
    );
    expect(beyond(statement('-age', [null, '7', 'x']).text)).toMatch(/^\(\(false or \(h\.age is null and /);
  });

  it('when its reader sees names masked, then no more of them decides than he sees', () => {
    const masked = statement('name', undefined, true).text;
    expect(masked).toMatch(/order by left\(h\.name, 1\) collate "zh-x-icu", h\.number/);
    expect(masked).toContain('array[(left(h.name, 1)');
  });

  it('when a cursor is none, or of another order, then it is refused', () => {
    const asked = (sort: Query['sort'], cursor: string) => () =>
      pageQuery(from(unsent), ORDER, { sort, limit: 1, cursor });
    expect(asked('name', encodeCursor('-name', ['b', '7', 'x']))).toThrow('CURSOR_OF_OTHER_ORDER');
    expect(asked(undefined, encodeCursor(undefined, ['7']))).toThrow('CURSOR_INVALID');
    expect(asked(undefined, 'no')).toThrow('CURSOR_INVALID');
  });
});

describe('given rows that are computed as a whole', () => {
  interface Row {
    readonly name: string;
    readonly days: number | null;
  }
  const rows: Row[] = ['赵', '李', '安', '王', '张'].map((name, at) => ({ name, days: at === 2 ? null : at % 2 }));
  const order = listOrder<{ readonly sort?: 'name' | '-name' | 'days' | '-days' }, RowKey<Row>>(
    { name: { of: (row) => row.name, isName: true }, days: { of: (row) => row.days } },
    [{ of: (row) => row.name, isName: true, down: true }],
  );
  const walk = (sort?: string) => {
    const found: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = pageOf(rows, order, { limit: 2, sort, cursor: cursor ?? undefined });
      found.push(...page.rows.map(({ name }) => name));
      cursor = page.next;
    } while (cursor);
    return found.join('');
  };

  it('when they are read page by page, then as a list of the database: by pinyin, unknown last, ties in their own order', () => {
    expect([walk(), walk('name'), walk('days'), walk('-days')]).toEqual([
      '赵张王李安',
      '安李王张赵',
      '赵张王李安',
      '王李赵张安',
    ]);
  });

  it('when the row a page ended with is gone, then the cursor is refused', () => {
    const cursor = encodeCursor(undefined, ['孙']);
    expect(() => pageOf(rows, order, { limit: 2, cursor })).toThrow('CURSOR_INVALID');
  });
});
