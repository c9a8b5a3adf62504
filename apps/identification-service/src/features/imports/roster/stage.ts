import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ColumnKey } from '@bangfu/domain/identification/roster/columns';
import { COLUMN_KEYS } from '@bangfu/domain/identification/roster/columns';
import { type HouseholdColumns, householdColumns } from '@bangfu/domain/identification/roster/read-household';
import type { RosterProblem } from '@bangfu/domain/identification/roster/problem';
import type { RegionIndex } from '@bangfu/domain/identification/roster/regions';
import type { PoolClient } from '@bangfu/service-kit/db/pool';
import type { Cipher } from '@bangfu/service-kit/secrets/cipher';
import type { Workbook } from '@bangfu/service-kit/spreadsheet/model';
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
  /** The columns some sheet of the file has; the others are left alone in the register. */
  readonly present: ReadonlySet<ColumnKey>;
  readonly columnsOf: (sheet: string) => HouseholdColumns;
  readonly rows: number;
  /** Problems written so far; later ones are numbered on. */
  readonly problems: number;
}

const PROBLEM_COLUMNS = 'position, sheet, row, column_name, value, code, severity, household';

/** Reads the file row by row into `roster_row`; problems wait in a spool file, since one connection copies one thing. */
export async function stageRoster(
  client: PoolClient,
  workbook: Workbook,
  regions: RegionIndex,
  cipher: Cipher,
  progress: (rows: number) => Promise<void>,
): Promise<StagedRoster> {
  const folder = await mkdtemp(join(tmpdir(), 'bangfu-roster-'));
  const spoolPath = join(folder, 'problems');
  const spool = createWriteStream(spoolPath, { mode: 0o600 });
  try {
    const copy = client.query(copyFrom(`COPY roster_row (${STAGED_COLUMNS.join(', ')}) FROM STDIN`));
    let isCopying = true;
    const failed = once(copy, 'error').then(([error]) => {
      isCopying = false;
      throw error as Error;
    });
    failed.catch(() => undefined);
    const matched = new Set<string>();
    const unknown = new Set<string>();
    const present = new Set<ColumnKey>();
    const columns = new Map<string, HouseholdColumns>();
    let rows = 0;
    let problems = 0;
    let lines = '';
    let spooled = '';
    const sheets = await readRoster(workbook, regions, {
      header(sheet, header) {
        for (const text of header.matched) matched.add(text);
        for (const { header: text } of header.unknown) unknown.add(text);
        for (const key of COLUMN_KEYS) if (header.at[key] >= 0) present.add(key);
        columns.set(sheet, householdColumns(header));
      },
      row(row) {
        lines += stagedLine(row, rows, cipher);
        rows += 1;
      },
      problem(problem) {
        spooled += problemLine(problem, problems);
        problems += 1;
      },
      async drain() {
        if (lines !== '' && !copy.write(lines)) await Promise.race([once(copy, 'drain'), failed]);
        if (spooled !== '' && !spool.write(spooled)) await once(spool, 'drain');
        lines = '';
        spooled = '';
        await progress(rows);
      },
    }).catch(async (error: unknown) => {
      if (isCopying) await abandon(copy);
      throw error;
    });
    const finished = once(copy, 'finish');
    copy.end();
    await Promise.race([finished, failed]);
    spool.end(spooled);
    await once(spool, 'finish');
    await pipeline(
      createReadStream(spoolPath),
      client.query(copyFrom(`COPY roster_problem (${PROBLEM_COLUMNS}) FROM STDIN`)),
    );
    return {
      sheets,
      matched: [...matched],
      unknown: [...unknown],
      present,
      columnsOf: (sheet) => columns.get(sheet) ?? { relation: '', memberCount: '', idNumber: '' },
      rows,
      problems,
    };
  } finally {
    spool.destroy();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Ends a copy that will not be completed: before its end the connection takes nothing else, a ROLLBACK neither. */
function abandon(copy: Writable): Promise<void> {
  return new Promise((resolve) => {
    copy.once('close', resolve);
    copy.destroy();
  });
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
