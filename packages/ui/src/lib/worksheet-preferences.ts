import { useState } from 'react';

export interface SavedView {
  readonly name: string;
  /** Filters and order as an address's query. */
  readonly query: string;
}

/** What a person chose for one list on this device. */
export interface SheetPreferences {
  /** Columns shown, by key; null as the list comes. */
  readonly columns: readonly string[] | null;
  readonly pinned: readonly string[] | null;
  readonly views: readonly SavedView[];
}

const NONE: SheetPreferences = { columns: null, pinned: null, views: [] };

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((v) => typeof v === 'string');

const isView = (value: unknown): value is SavedView =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'query' in value &&
  typeof value.query === 'string';

/** Reads stored preferences; what cannot be read is as if nothing was chosen. */
export function parsePreferences(text: string | null): SheetPreferences {
  try {
    const stored: unknown = JSON.parse(text ?? 'null');
    if (typeof stored !== 'object' || stored === null) return NONE;
    const { columns, pinned, views } = { columns: null, pinned: null, views: [], ...stored };
    return {
      columns: isTexts(columns) ? columns : null,
      pinned: isTexts(pinned) ? pinned : null,
      views: Array.isArray(views) ? views.filter(isView) : [],
    };
  } catch {
    return NONE;
  }
}

/** The preferences of the list `id`, kept on this device. */
export function useSheetPreferences(id: string): [SheetPreferences, (change: Partial<SheetPreferences>) => void] {
  const key = `bangfu.sheet.${id}`;
  const [preferences, setPreferences] = useState(() => parsePreferences(localStorage.getItem(key)));
  const change = (part: Partial<SheetPreferences>) => {
    const next = { ...preferences, ...part };
    localStorage.setItem(key, JSON.stringify(next));
    setPreferences(next);
  };
  return [preferences, change];
}
