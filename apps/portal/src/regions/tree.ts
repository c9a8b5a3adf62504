import type { RegionRow } from '../accounts/region-names.ts';

export interface RegionNode extends RegionRow {
  readonly children?: RegionNode[];
}

/** The regions as trees; one whose parent is not among them (beyond the person's scope) begins a tree. */
export function regionTree(rows: readonly RegionRow[]): RegionNode[] {
  const known = new Set(rows.map((row) => row.code));
  const below = new Map<string | null, RegionRow[]>();
  for (const row of rows) {
    const parent = row.parentCode !== null && known.has(row.parentCode) ? row.parentCode : null;
    below.set(parent, [...(below.get(parent) ?? []), row]);
  }
  const grow = (row: RegionRow): RegionNode => {
    const children = (below.get(row.code) ?? []).map(grow);
    return children.length > 0 ? { ...row, children } : row;
  };
  return (below.get(null) ?? []).map(grow);
}

/** The rows whose name or code holds the text, with everything above them; all when there is no text. */
export function narrowed(rows: readonly RegionRow[], text: string): { rows: RegionRow[]; found: number } {
  const wanted = text.trim();
  const hits = rows.filter((row) => row.name.includes(wanted) || row.code.startsWith(wanted));
  const parents = new Map(rows.map((row) => [row.code, row.parentCode]));
  const kept = new Set<string>();
  for (const hit of hits) {
    for (let code: string | null | undefined = hit.code; code && !kept.has(code); code = parents.get(code))
      kept.add(code);
  }
  return { rows: rows.filter((row) => kept.has(row.code)), found: hits.length };
}
