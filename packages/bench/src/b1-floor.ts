import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import ExcelJS from 'exceljs';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** The roster's 26 and the row number before them. */
const COLUMNS = 27;

/** Seconds of each part of the least work an import could be. */
export interface ImportFloor {
  readonly rows: number;
  readonly read: number;
  readonly copy: number;
  readonly insert: number;
}

/** One row as a line of COPY's text format; rows are written as they were read. */
function lineOf(row: ExcelJS.Row): string {
  const fields: string[] = [];
  for (let column = 1; column <= COLUMNS; column++) {
    const text = row.getCell(column).text;
    fields.push(text === '' ? '\\N' : text.replace(/[\\\t\n\r]/g, ' '));
  }
  return `${fields.join('\t')}\n`;
}

/** Reads the whole file with the kept streaming reader. */
async function readLines(file: string): Promise<string[]> {
  const lines: string[] = [];
  const options = {
    sharedStrings: 'cache',
    styles: 'ignore',
    hyperlinks: 'ignore',
    entries: 'ignore',
    worksheets: 'emit',
  } as const;
  const workbook = new ExcelJS.stream.xlsx.WorkbookReader(createReadStream(file), options);
  for await (const sheet of workbook) for await (const row of sheet) lines.push(lineOf(row));
  return lines;
}

async function copyLines(client: pg.Client, lines: readonly string[]): Promise<void> {
  const copy = client.query(copyFrom('COPY floor_row FROM STDIN'));
  const finished = once(copy, 'finish');
  const BATCH = 500;
  for (let at = 0; at < lines.length; at += BATCH) {
    if (!copy.write(lines.slice(at, at + BATCH).join(''))) await once(copy, 'drain');
  }
  copy.end();
  await finished;
}

/** As many values as a person has, from as few columns as fill them: the table and its indexes are person's own. */
const INSERT = `
INSERT INTO floor_person (id, household_id, county_code, person_number, name, id_sealed, id_index, id_last_four_index,
  birth_date, sex, has_certificate, relation, ethnicity, education, school, health, labour, work_area, work_months,
  critical_insurance, phone_sealed, phone_index, row_order, import_id)
SELECT uuidv7(), $1::uuid, '211382000000', c7, coalesce(c8, ''), convert_to(c9, 'UTF8'),
  decode(md5(n::text), 'hex'), decode(md5(right(c9, 4)), 'hex'), date '1970-01-01', 'male', false, coalesce(c11, ''),
  c12, c13, c14, ARRAY[c15], c16, c17, 0, false, convert_to(c27, 'UTF8'), decode(md5(c27), 'hex'), n, $1::uuid
FROM (SELECT row_number() OVER () AS n, * FROM floor_row) r WHERE c9 IS NOT NULL AND c1 <> '序号'`;

/**
 * The floor of B1 on the database the import ran on: read the file, COPY its rows into a table without indexes, and
 * INSERT…SELECT them into a table with the columns and indexes of `person`, durably.
 */
export async function importFloor(migratorUrl: string, file: string): Promise<ImportFloor> {
  const client = new pg.Client({ connectionString: migratorUrl });
  await client.connect();
  const timed = async <T>(work: () => Promise<T>) => {
    const begin = performance.now();
    const result = await work();
    return { result, seconds: (performance.now() - begin) / 1000 };
  };
  try {
    const columns = Array.from({ length: COLUMNS }, (_, i) => `c${i + 1} text`).join(', ');
    await client.query(`CREATE TABLE floor_row (${columns})`);
    await client.query('CREATE TABLE floor_person (LIKE person INCLUDING ALL)');
    const read = await timed(() => readLines(file));
    const copy = await timed(() => copyLines(client, read.result));
    const insert = await timed(() => client.query(INSERT, ['00000000-0000-7000-8000-000000000000']));
    return { rows: insert.result.rowCount ?? 0, read: read.seconds, copy: copy.seconds, insert: insert.seconds };
  } finally {
    await client.end();
  }
}
