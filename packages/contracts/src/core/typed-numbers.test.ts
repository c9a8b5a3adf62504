import { describe, expect, it } from 'vitest';
import { ALL_OPERATIONS } from '../all.ts';
import { defOf, fieldsOf } from './strict.ts';

const PUBLIC_READS = ALL_OPERATIONS.filter(({ access, method }) => access === 'public' && method === 'GET');

describe('given what anyone may read without an account', () => {
  it('when it is found by a text that people type, then tries of such texts are counted', () => {
    const sought = PUBLIC_READS.filter(({ params, query }) =>
      [params, query].some(
        (part) =>
          part &&
          Object.values(fieldsOf(defOf(part))).some((field) => {
            // A list's words are optional; a record's own number is not, and nobody types the 36 signs of an id.
            const { type, format } = defOf(field) as { type: string; format?: string };
            return type === 'string' && format !== 'uuid' && !field.safeParse(undefined).success;
          }),
      ),
    );
    expect(sought.map(({ id }) => id)).toEqual(
      PUBLIC_READS.flatMap(({ id, byTypedNumber }) => (byTypedNumber ? id : [])),
    );
    expect(sought.length).toBeGreaterThan(4);
  });
});
