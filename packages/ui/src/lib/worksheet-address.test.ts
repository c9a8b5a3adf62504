import { describe, expect, it } from 'vitest';
import { readSheetAddress, type SheetAddress, writeSheetAddress } from './worksheet-address.ts';

const KEYS = ['q', 'status'];
const read = (query: string) => readSheetAddress(new URLSearchParams(query), KEYS);

describe("a list's address", () => {
  it('given nothing, is the first page without filters', () => {
    expect(read('')).toEqual({ filters: {}, sort: null, size: 50, page: 1, after: null, at: null });
  });

  it('given malformed values, falls back instead of failing', () => {
    expect(read('size=7&page=-3&after=abc&q=')).toEqual({
      filters: {},
      sort: null,
      size: 50,
      page: 1,
      after: 'abc',
      at: null,
    });
    expect(read('page=9').page).toBe(1);
  });

  it('when written and read again, says the same and keeps what is not its own', () => {
    const address: SheetAddress = {
      filters: { q: '河西 & 北店', status: 'exited' },
      sort: '-income',
      size: 200,
      page: 3,
      after: 'eyJpZCI6MX0',
      at: 'h7',
    };
    const written = writeSheetAddress(new URLSearchParams('tab=poor'), KEYS, address);
    expect(read(written.toString())).toEqual(address);
    expect(written.get('tab')).toBe('poor');
  });
});
