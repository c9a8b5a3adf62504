import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ColumnKey } from '@bangfu/domain/identification/roster/columns';
import { COLUMN_KEYS } from '@bangfu/domain/identification/roster/columns';
import { type HouseholdColumns, householdColumns } from '@bangfu/domain/identification/roster/read-household';
import type { RosterProblem } from '@bangfu/domain/identification/roster/problem';
import type { RegionIndex } from '@bangfu/domain/identification/roster/regions';
import type { PoolClient } from '@bangfu/data/pool';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import type { Workbook } from '@bangfu/platform/spreadsheet/model';
import { from as copyFrom } from 'pg-copy-streams';
import { copyLine } from './copy-text.ts';
import { readRoster, type SheetReport } from './read-file.ts';
import { stagedLine } from './stage-row.ts';
import { STAGED_COLUMNS } from './staging.ts';

/** A roster lying in the staging tables of a connection. */
export interface StagedRoster {
  readonly sheets: readonly SheetReport[];
  readonly matched: readonly string[];
  readonly unknown: readonly string[];
  /** The sheets that have a column. What no sheet has, or the row's own has not, is left alone in the register. */
  readonly sheetsWith: ReadonlyMap<ColumnKey, readonly string[]>;
  readonly columnsOf: (sheet: string) => HouseholdColumns;
  readonly rows: number;
  /** Problems written so far; later ones are numbered on. */
  readonly problems: number;
}

const PROBLEM_COLUMNS = 'position, sheet, row, column_name, value, code, severity, household';

/** Characters that go to the database at once. */
const CHUNK = 2 ** 17;

/**
 * Copies finished lines into the staging tables, each chunk in a short transaction of its own so that nothing waits
 * for the whole file, while the next lines are read.
 */
function chunkedCopy(client: PoolClient) {
  let last: Promise<void> = Promise.resolve();
  return {
    /** Sends a chunk when the one before has arrived. */
    async take(table: string, columns: string, lines: string): Promise<void> {
      await last;
      if (lines === '') return;
      last = pipeline(Readable.from([lines]), client.query(copyFrom(`COPY ${table} (${columns}) FROM STDIN`)));
      // Told to whoever waits next.
      last.catch(() => undefined);
    },
    /** Waits for what is on its way; the connection is free then, however that went. */
    settle: () => last,
  };
}

/** Reads the file row by row into `roster_row` and `roster_problem`. */
export async function stageRoster(
  client: PoolClient,
  workbook: Workbook,
  regions: RegionIndex,
  cipher: Cipher,
  newPersonId: () => string,
  progress: (rows: number) => Promise<void>,
): Promise<StagedRoster> {
  const copy = chunkedCopy(client);
  const matched = new Set<string>();
  const unknown = new Set<string>();
  const sheetsWith = new Map<ColumnKey, string[]>();
  const columns = new Map<string, HouseholdColumns>();
  let rows = 0;
  let problems = 0;
  let rowLines = '';
  let problemLines = '';
  const send = async () => {
    const [staged, told] = [rowLines, problemLines];
    rowLines = '';
    problemLines = '';
    await copy.take('roster_row', STAGED_COLUMNS.join(', '), staged);
    await copy.take('roster_problem', PROBLEM_COLUMNS, told);
  };
  try {
    const sheets = await readRoster(workbook, regions, {
      header(sheet, header) {
        for (const text of header.matched) matched.add(text);
        for (const { header: text } of header.unknown) unknown.add(text);
        for (const key of COLUMN_KEYS) {
          if (header.at[key] >= 0) sheetsWith.set(key, [...(sheetsWith.get(key) ?? []), sheet]);
        }
        columns.set(sheet, householdColumns(header));
      },
      row(row) {
        rowLines += stagedLine(row, rows, cipher, newPersonId());
        rows += 1;
      },
      problem(problem) {
        // A column without a header shows only when a row has a value in it.
        if (problem.code === 'COLUMN_UNKNOWN') unknown.add(problem.column);
        problemLines += problemLine(problem, problems);
        problems += 1;
      },
      async drain() {
        if (rowLines.length + problemLines.length > CHUNK) await send();
        await progress(rows);
      },
    });
    await send();
    await copy.settle();
    return {
      sheets,
      matched: [...matched],
      unknown: [...unknown],
      sheetsWith,
      columnsOf: (sheet) => {
        const known = columns.get(sheet);
        if (!known) throw new RangeError(`no roster was read from sheet ${sheet}`);
        return known;
      },
      rows,
      problems,
    };
  } finally {
    await copy.settle().catch(() => undefined);
  }
}

function problemLine(problem: RosterProblem, position: number): string {
  return copyLine([
    position,
    problem.sheet,
    problem.row,
    problem.column,
    problem.value,
    problem.code,
    problem.severity,
    problem.household,
  ]);
}

/** Adds problems found after the reading, numbered on from `position`. */
export async function addProblems(
  client: PoolClient,
  problems: readonly RosterProblem[],
  position: number,
): Promise<void> {
  await client.query(
    `INSERT INTO roster_problem (${PROBLEM_COLUMNS})
     SELECT $1::int + n - 1, sheet, row, column_name, value, code, severity, household FROM ROWS FROM (
       unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
     ) WITH ORDINALITY AS p (sheet, row, column_name, value, code, severity, household, n)`,
    [
      position,
      problems.map((p) => p.sheet),
      problems.map((p) => p.row),
      problems.map((p) => p.column),
      problems.map((p) => p.value),
      problems.map((p) => p.code),
      problems.map((p) => p.severity),
      problems.map((p) => p.household),
    ],
  );
}
