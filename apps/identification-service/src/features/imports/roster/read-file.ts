import {
  columnProblems,
  findHeader,
  getHeader,
  HEADER_SEARCH_ROWS,
  missingHeaders,
  type RosterHeader,
  unreadProblem,
} from '@bangfu/domain/identification/roster/header';
import type { RosterProblem } from '@bangfu/domain/identification/roster/problem';
import { type RosterRow, rowReader } from '@bangfu/domain/identification/roster/read-row';
import type { RegionIndex } from '@bangfu/domain/identification/roster/regions';
import { rowKind } from '@bangfu/domain/identification/roster/rows';
import { rowCounter } from '@bangfu/domain/shared/table-rows';
import { DomainError } from '@bangfu/domain/shared/errors';
import type { Sheet, SheetRow, Workbook } from '@bangfu/platform/spreadsheet/model';

/** What is known of a sheet once it was read. */
export interface SheetReport {
  readonly name: string;
  readonly headerRow: number;
  readonly dataRows: number;
  readonly skippedRows: number;
}

/** Where the rows and the problems of a file go as it is read. */
export interface RosterSink {
  header(sheet: string, header: RosterHeader): void;
  row(row: RosterRow): void;
  problem(problem: RosterProblem): void;
  /** Called between batches, so that what was taken can be written before more is read. */
  drain(): Promise<void>;
}

/**
 * Reads every sheet that is shown and has a roster's header; others that hold anything are reported (`SHEET_UNREAD`).
 * @throws DomainError NOT_A_ROSTER when no sheet has one, naming what the first lacks; SHEETS_HIDDEN, WORKBOOK_EMPTY
 */
export async function readRoster(workbook: Workbook, regions: RegionIndex, sink: RosterSink): Promise<SheetReport[]> {
  const reports: SheetReport[] = [];
  const hidden: string[] = [];
  let refusal: DomainError | undefined;
  for (const sheet of workbook.sheets) {
    const head = await firstRows(sheet);
    if (head.length === 0) continue;
    if (sheet.hidden) {
      hidden.push(sheet.name);
      sink.problem(unreadProblem(sheet.name));
      continue;
    }
    const header = findHeader(head);
    if (!header) {
      refusal ??= refusalOf(head);
      sink.problem(unreadProblem(sheet.name, { missing: missingHeaders(head) }));
      continue;
    }
    const report = await readSheet(sheet, header, regions, sink);
    if (report.dataRows === 0) sink.problem(unreadProblem(sheet.name, { headerRow: header.row }));
    reports.push(report);
  }
  if (reports.length > 0) return reports;
  if (refusal) throw refusal;
  throw hidden.length > 0
    ? new DomainError('SHEETS_HIDDEN', { sheets: hidden.join('、') })
    : new DomainError('WORKBOOK_EMPTY');
}

async function firstRows(sheet: Sheet): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const batch of sheet.rows()) {
    for (const row of batch) rows.push(row);
    if ((rows.at(-1)?.number ?? 0) > HEADER_SEARCH_ROWS) break;
  }
  return rows;
}

function refusalOf(rows: readonly SheetRow[]): DomainError {
  try {
    getHeader(rows);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('a header was refused and then found');
}

async function readSheet(
  sheet: Sheet,
  header: RosterHeader,
  regions: RegionIndex,
  sink: RosterSink,
): Promise<SheetReport> {
  sink.header(sheet.name, header);
  for (const problem of columnProblems(sheet.name, header)) sink.problem(problem);
  const counter = rowCounter(header);
  const read = rowReader(sheet.name, header, regions, (problem) => sink.problem(problem));
  for await (const batch of sheet.rows()) {
    for (const row of batch) {
      if (row.number <= header.lastRow) continue;
      const kind = rowKind(header, row.cells);
      counter.take(row.number, kind);
      if (kind === 'data') sink.row(read(row));
    }
    await sink.drain();
  }
  return { name: sheet.name, headerRow: header.row, ...counter.counts() };
}
