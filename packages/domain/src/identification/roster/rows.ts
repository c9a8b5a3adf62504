import { type RowKind, tableRowKind } from '../../shared/table-rows.ts';
import type { RosterHeader, SourceCells } from './header.ts';

/** What a row under a roster's header is. One whose ID number begins with a digit is no header: most are passed by that. */
export function rowKind(header: RosterHeader, cells: SourceCells): RowKind {
  const first = (cells[header.at.idNumber]?.text ?? '').charCodeAt(0);
  return tableRowKind(first >= 48 && first <= 57 ? [] : header.lines, cells);
}
