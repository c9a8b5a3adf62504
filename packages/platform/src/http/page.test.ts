import { describe, expect, it } from 'vitest';
import { byId, byName, byNumber, byPerson, byText, listOrder, nullable } from '@bangfu/data/list-order';
import { encodeCursor, pageOf, pageStatement, type RowKey } from './page.ts';

type Query = { readonly sort?: 'name' | '-name' | 'age' | '-age' };
const NUMBER = byText('h.number');
const ORDER = listOrder<Query>({ name: byPerson('h.name'), age: nullable(byNumber('h.age')) }, [NUMBER, byId('h.id')]);
const LIST = { columns: '*', from: 'FROM h WHERE true', params: ['first'] };
const statement = (sort: Query['sort'], keys?: (string | null)[], isMasked = false) =>
  pageStatement(ORDER, { sort, limit: 10, cursor: keys && encodeCursor(sort, keys) }, LIST, isMasked);
const beyond = (text: string) => /AND \((.*)\) ORDER BY/.exec(text)?.[1];

describe('given a list that declares its orders', () => {
  it('when one is asked for, then its own order decides between equals, and unknown comes last both ways', () => {
    expect(statement(undefined).text).toMatch(/ORDER BY h\.number, h\.id LIMIT \$2$/);
    expect(statement('age').text).toMatch(/ORDER BY h\.age, h\.number, h\.id LIMIT/);
    expect(statement('-age').text).toMatch(/ORDER BY h\.age DESC NULLS LAST, h\.number, h\.id LIMIT/);
  });

  it('when it goes on, then behind the last row, unknown values or not, where an index can begin', () => {
    expect(beyond(statement(undefined, ['7', 'x']).text)).toBe('(h.number, h.id) > ($2::text, $3::uuid)');
    expect(beyond(statement('-name', ['b', '7', 'x']).text)).toBe(
      `${byName('h.name').sql} <= $2::text AND (${byName('h.name').sql} < $2::text OR (${byName('h.name').sql} = $2::text AND (h.number > $3::text OR (h.number = $3::text AND h.id > $4::uuid))))`,
    );
    expect(beyond(statement('age', ['5', '7', 'x']).text)).toMatch(/^\(\(h\.age > \$2::bigint OR h\.age IS NULL\) OR /);
    expect(beyond(statement('-age', [null, '7', 'x']).text)).toMatch(/^\(false OR \(h\.age IS NULL AND /);
  });

  it('when its reader sees names masked, then no more of them decides than he sees', () => {
    const masked = statement('name', undefined, true).text;
    expect(masked).toMatch(/ORDER BY left\(h\.name, 1\) COLLATE "zh-x-icu", h\.number/);
    expect(masked).toContain('ARRAY[(left(h.name, 1)');
  });

  it('when a cursor is none, or of another order, then it is refused', () => {
    const asked = (sort: Query['sort'], cursor: string) => () => pageStatement(ORDER, { sort, limit: 1, cursor }, LIST);
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
