import { useCallback, useMemo } from 'react';
import { useLocation, useSearchParams } from 'react-router';

export const PAGE_SIZES = [50, 100, 200] as const;
const DEFAULT_SIZE = PAGE_SIZES[0];

/** What a list's address says: the same address shows the same rows to a colleague. */
export interface SheetAddress {
  readonly filters: Readonly<Record<string, string>>;
  /** A column's key, with `-` before it for descending. */
  readonly sort: string | null;
  readonly size: number;
  /** 1 for the first page. */
  readonly page: number;
  /** The cursor the page begins after; null on the first. */
  readonly after: string | null;
  /** The row last opened or pointed at. */
  readonly at: string | null;
}

/** Reads a list's address; anything unknown or malformed falls back to the first page without filters. */
export function readSheetAddress(params: URLSearchParams, filterKeys: readonly string[]): SheetAddress {
  const filters: Record<string, string> = {};
  for (const key of filterKeys) {
    const value = params.get(key);
    if (value) filters[key] = value;
  }
  const size = PAGE_SIZES.find((s) => String(s) === params.get('size')) ?? DEFAULT_SIZE;
  const after = params.get('after');
  const page = Number(params.get('page'));
  return {
    filters,
    sort: params.get('sort'),
    size,
    page: after && Number.isSafeInteger(page) && page > 1 ? page : 1,
    after,
    at: params.get('at'),
  };
}

/** Writes a list's address over the other parameters of the page; defaults are left out. */
export function writeSheetAddress(
  params: URLSearchParams,
  filterKeys: readonly string[],
  address: SheetAddress,
): URLSearchParams {
  const written = new URLSearchParams(params);
  const put = (key: string, value: string | null | undefined) => {
    if (value) written.set(key, value);
    else written.delete(key);
  };
  for (const key of filterKeys) put(key, address.filters[key]);
  put('sort', address.sort);
  put('size', address.size === DEFAULT_SIZE ? null : String(address.size));
  put('page', address.page > 1 ? String(address.page) : null);
  put('after', address.after);
  put('at', address.at);
  return written;
}

/** The cursors of the pages before this one, kept with the history entry so that it survives a reload. */
function readTrail(state: unknown): readonly (string | null)[] {
  if (typeof state !== 'object' || state === null || !('trail' in state) || !Array.isArray(state.trail)) return [];
  return state.trail.filter((c): c is string | null => c === null || typeof c === 'string');
}

export interface SheetNavigation {
  readonly address: SheetAddress;
  /** False on later pages opened from a link: the way back is then the first page. */
  readonly knowsPrevious: boolean;
  readonly setFilter: (key: string, value: string | null) => void;
  readonly clearFilters: () => void;
  readonly setSort: (sort: string | null) => void;
  readonly setSize: (size: number) => void;
  readonly next: (cursor: string) => void;
  readonly previous: () => void;
  readonly point: (at: string) => void;
  /** Opens a saved view: its filters and order, from the first page. */
  readonly open: (query: string) => void;
}

/**
 * Binds a list to the address bar. Changing filter, order or size begins at the first page.
 * @param filterKeys a constant: its identity is compared.
 */
export function useSheetAddress(filterKeys: readonly string[]): SheetNavigation {
  const [params, setParams] = useSearchParams();
  const { state } = useLocation();
  const address = useMemo(() => readSheetAddress(params, filterKeys), [params, filterKeys]);
  const trail = readTrail(state);

  const go = useCallback(
    (change: Partial<SheetAddress>, options: { trail?: readonly (string | null)[]; replace?: boolean } = {}) => {
      const written = writeSheetAddress(params, filterKeys, { ...address, ...change });
      setParams(written, {
        replace: options.replace ?? false,
        preventScrollReset: options.replace ?? false,
        state: { trail: options.trail ?? [] },
      });
    },
    [address, filterKeys, params, setParams],
  );
  const start = { page: 1, after: null, at: null };

  return {
    address,
    knowsPrevious: address.page === 1 || trail.length > 0,
    setFilter: (key, value) => {
      const { [key]: _dropped, ...others } = address.filters;
      go({ ...start, filters: value ? { ...others, [key]: value } : others });
    },
    clearFilters: () => go({ ...start, filters: {} }),
    setSort: (sort) => go({ ...start, sort }),
    setSize: (size) => go({ ...start, size }),
    next: (cursor) => go({ page: address.page + 1, after: cursor, at: null }, { trail: [...trail, address.after] }),
    previous: () => {
      const before = trail.at(-1);
      if (before === undefined) go(start);
      else go({ page: address.page - 1, after: before, at: null }, { trail: trail.slice(0, -1) });
    },
    point: (at) => go({ at }, { trail, replace: true }),
    open: (query) => {
      const view = readSheetAddress(new URLSearchParams(query), filterKeys);
      go({ ...start, filters: view.filters, sort: view.sort });
    },
  };
}
