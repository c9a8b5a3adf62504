import { describe, expect, it } from 'vitest';
import { typedSql } from './typed-sql.ts';

interface Tables {
  readonly unit: { readonly id: string; readonly parent: string };
}

const read = typedSql<Tables>({ query: () => Promise.reject(new Error('nothing is sent')) });

describe('given a list of nothing', () => {
  const inNothing = read.selectFrom('unit').where('id', 'in', []).select('id');

  it('when something is in it, then nothing is; when it is not in it, then all are', () => {
    expect(inNothing.compile().sql).toBe('select "id" from "unit" where 1 = 0');
    expect(read.selectFrom('unit').where('id', 'not in', []).select('id').compile().sql).toBe(
      'select "id" from "unit" where 1 = 1',
    );
  });

  it('when it is in a subquery that is compared with, then it finds nothing there too', () => {
    const within = read.selectFrom('unit').where('parent', 'in', inNothing).select('id');
    expect(within.compile().sql).toBe(
      'select "id" from "unit" where "parent" in (select "id" from "unit" where 1 = 0)',
    );
  });
});
