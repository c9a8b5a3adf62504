import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { type Connection, call } from '@bangfu/contracts/core/client';
import {
  getImport,
  type ImportProblem,
  type ImportReport,
  listImportProblems,
  uploadRoster,
} from '@bangfu/contracts/identification/imports';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { existingFile } from '../files.ts';
import { waitForJob } from '../jobs.ts';
import { county, day } from '../options.ts';
import { withPlatform } from '../session.ts';
import { table } from '../table.ts';

const PAGE = 500;
/** How many problems are listed on a screen; --json has all. */
const SHOWN = 20;

type RosterProblem = Omit<ImportProblem, 'village'>;

interface Flags {
  readonly dryRun?: true;
  readonly county?: string;
  readonly asOf?: string;
}

/** What `import roster` prints: the object of formats.md and the import it became. */
interface Outcome extends Omit<ImportReport, 'problemCounts'> {
  readonly problems: readonly RosterProblem[];
  readonly import: { readonly id: string; readonly committed: boolean };
}

async function allProblems(connection: Connection, importId: string): Promise<RosterProblem[]> {
  const problems: RosterProblem[] = [];
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? { limit: PAGE } : { limit: PAGE, cursor };
    const { rows, next } = await call(connection, listImportProblems, { params: { importId }, query });
    // The words an import speaks have eight keys; the village is for the screen.
    problems.push(...rows.map(({ village: _village, ...problem }) => problem));
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  return problems;
}

async function importRoster(context: Context, connection: Connection, path: string, flags: Flags): Promise<Outcome> {
  const uploaded = await call(connection, uploadRoster, {
    query: {
      name: basename(path),
      commit: flags.dryRun ? 'false' : 'true',
      ...(flags.county === undefined ? {} : { county: flags.county }),
      ...(flags.asOf === undefined ? {} : { asOf: flags.asOf }),
    },
    body: await openAsBlob(path),
  });
  const params = { importId: uploaded.id };
  if (uploaded.jobId !== null) await waitForJob(context, connection, uploaded.jobId);
  const { report, state } = await call(connection, getImport, { params });
  if (!report) throw new CliError('JOB_FAILED');
  const { file, sheets, households, persons, columns, quality } = report;
  const problems = await allProblems(connection, uploaded.id);
  const committed = state === 'committed';
  return { file, sheets, households, persons, columns, problems, quality, import: { id: uploaded.id, committed } };
}

function lines({ households, persons, columns, problems, quality, import: done }: Outcome): string[] {
  const breaches = Object.values(quality).reduce((sum, count) => sum + count, 0);
  const left = problems.length - SHOWN;
  return [
    ...table([
      ['', '新增', '变更', '移入', '不变', '暂缓'],
      ['户', households.create, households.change, '', households.unchanged, households.heldBack],
      ['人', persons.create, persons.change, persons.move, persons.unchanged, persons.heldBack],
    ]),
    ...(columns.unknown.length > 0 ? [`不认识的列：${columns.unknown.join('、')}`] : []),
    `问题 ${problems.length} 条，数据质量疑点 ${breaches} 条`,
    ...table(problems.slice(0, SHOWN).map((p) => [p.sheet, `第${p.row}行`, p.column, p.code, p.message])),
    ...(left > 0 ? [`……另有 ${left} 条，用 --json 查看全部`] : []),
    done.committed ? `已入库，导入编号 ${done.id}` : `未入库，导入编号 ${done.id}`,
  ];
}

/** `import roster FILE`: uploads, waits, reports; held-back households are no failure. */
export function registerImportRoster(imports: Command, context: Context): void {
  imports
    .command('roster')
    .description('导入花名册')
    .argument('<FILE>', '花名册（.xlsx .csv .xls .et .ods）')
    .option('--dry-run', '只检查，不入库')
    .option('--county <CODE>', '所属县', county)
    .option('--as-of <DATE>', '表中情况的日期（不写为今天）', day)
    .action(async (file: string, flags: Flags) => {
      const path = await existingFile(context.env, file);
      const outcome = await withPlatform(context, (connection) => importRoster(context, connection, path, flags));
      context.output.result(outcome, () => lines(outcome));
    });
}
