import { ImportReport } from '@bangfu/contracts/identification/imports';
import { regionIndex } from '@bangfu/domain/identification/roster/regions';
import { DomainError, demand } from '@bangfu/domain/shared/errors';
import { type RegionCode, regionCode, type RegionLevel } from '@bangfu/domain/shared/region';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql, type Sql } from '@bangfu/data/sql';
import { writeAudit } from '@bangfu/platform/audit/entry';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { type PoolClient, transact } from '@bangfu/data/pool';
import { narrow } from '@bangfu/data/scope';
import type { AfterEnd, EndedJob, JobRun } from '@bangfu/platform/jobs/job';
import type { Workbook } from '@bangfu/platform/spreadsheet/model';
import { openWorkbook } from '@bangfu/platform/spreadsheet/open';
import type { ServiceKit } from '@bangfu/platform/service';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import { job, readOwn, type Tables } from '../../../operations.ts';
import { PLACE_NAME } from '../../place-name.ts';
import { keepBreaches } from '../../quality/keep-breaches.ts';
import { dropFile } from '../drop-file.ts';
import { applyRoster } from './apply.ts';
import { compareRoster, isStillAsCompared } from './compare.ts';
import { judgeRoster } from './judge.ts';
import { judgeAgainstRegister, type Writable } from './judge-register.ts';
import { type RosterQuality, rosterBreaches } from './quality.ts';
import { type StagedRoster, stageRoster } from './stage.ts';
import { withStaging } from './staging.ts';

/** What an import job is asked to do. */
export interface RosterJobInput {
  readonly importId: string;
  readonly commit: boolean;
}

/** The job of an import. */
export const rosterJob = job('roster-import', {
  input: z.object({ importId: z.string(), commit: z.boolean() }),
  run: ({ kit, ...run }) => runRosterJob(kit, run),
  settle: ({ tx, kit, ...ended }) => settleRoster(kit, pgSql(tx.client), ended),
});

/** How an import job ends: `committed` false after a dry run, or when the register changed since it. */
export interface RosterJobResult {
  readonly importId: string;
  readonly committed: boolean;
}

type ImportRow = Omit<Selectable<Tables['roster_import']>, 'report'> & { readonly report: ImportReport | null };

/** How often a register that changes under an import is compared with again before the import gives up. */
const MOST_COMPARISONS = 5;

/**
 * Works off one roster: reads, judges and compares it in short transactions over staging tables, and - when asked -
 * applies it in one: everything or nothing (adr 0013). Safe to run again after a crash; an import that was committed
 * already says so.
 */
export async function runRosterJob(service: ServiceKit, run: JobRun<RosterJobInput>): Promise<RosterJobResult> {
  const { importId } = run.input;
  return service.files.withPlainCopy(await fileOf(service, importId), async (path) => {
    const workbook = await openWorkbook(path, {}, run.signal);
    try {
      return await withStaging(service.pool, (client) => work(service, run, client, workbook));
    } finally {
      await workbook.close();
    }
  });
}

/** A cancelled commit leaves what was checked, to be tried again; everything else has failed, and its file goes. */
export async function settleRoster(
  service: ServiceKit,
  sql: Sql,
  { input, how }: EndedJob<RosterJobInput>,
): Promise<AfterEnd | undefined> {
  const [roster] = await sql.query<{ state: string; file_sha256: string }>(
    `UPDATE roster_import SET state = CASE WHEN $2::boolean AND report IS NOT NULL THEN 'checked' ELSE 'failed' END,
       version = version + 1 WHERE id = $1::uuid AND state IN ('checking', 'committing') RETURNING state, file_sha256`,
    [input.importId, how === 'cancelled'],
  );
  return roster?.state === 'failed' ? () => dropFile(service, roster.file_sha256) : undefined;
}

async function fileOf(service: ServiceKit, importId: string): Promise<string> {
  const roster = await readOwn(service)
    .selectFrom('roster_import')
    .where('id', '=', importId)
    .select('file_sha256')
    .executeTakeFirst();
  demand(roster, 'IMPORT_UNKNOWN');
  return roster.file_sha256;
}

async function work(
  service: ServiceKit,
  run: JobRun<RosterJobInput>,
  client: PoolClient,
  workbook: Workbook,
): Promise<RosterJobResult> {
  const { importId, commit } = run.input;
  const found = await readOwn(service)
    .selectFrom('roster_import')
    .where('id', '=', importId)
    .selectAll()
    .executeTakeFirst();
  const roster = found && { ...found, report: found.report && ImportReport.parse(found.report) };
  demand(roster, 'IMPORT_UNKNOWN');
  if (roster.state === 'committed') return { importId, committed: true };
  demand(roster.state === 'checking' || roster.state === 'committing', 'IMPORT_NOT_OPEN');

  await run.stage('reading');
  const county = regionCode(roster.county_code);
  const regions = await countyRegions(client, county);
  const began = service.clock();
  const newPersonId = () => service.newId(began);
  const staged = await stageRoster(client, workbook, regions, service.cipher, newPersonId, (n) => run.advance(n));
  await run.stage('checking', staged.rows);
  const problems = await judgeRoster(client, staged, service.cipher);
  const writable: Writable = {
    county,
    asOf: roster.as_of,
    prefixes: common(roster.region_prefixes, regionPrefixes(run.caller)),
  };
  for (let attempt = 1; attempt <= MOST_COMPARISONS; attempt++) {
    const outside = await judgeAgainstRegister(client, staged, writable, service.cipher, problems, importId);
    const compared = { ...(await compare(service, run, client, roster, staged)), outside };
    const committed = commit && isAsChecked(roster.report, compared.report);
    if (committed) await run.stage('writing', staged.rows);
    if (await settle(service, run, client, roster, staged, compared, committed)) return { importId, committed };
    await run.stage('checking', staged.rows);
  }
  throw new DomainError('IMPORT_REGISTER_BUSY');
}

/** What lies in both: in charge when the file was brought, and still when it is written. */
const common = (then: readonly string[], now: readonly string[]) => then.flatMap((prefix) => narrow(now, prefix));

/** What a comparison with the register found. */
interface Compared {
  readonly report: ImportReport;
  readonly quality: RosterQuality;
}

/** What of it leaves something behind. */
interface Settled extends Compared {
  /** How many persons of the file live in households outside the importer's area. */
  readonly outside: number;
}

async function compare(
  service: ServiceKit,
  run: JobRun<RosterJobInput>,
  client: PoolClient,
  roster: ImportRow,
  staged: StagedRoster,
): Promise<Compared> {
  const { households, persons } = await compareRoster(client, staged, roster.county_code);
  const { create, change, unchanged, heldBack } = households;
  await run.stage('quality', create + change + unchanged);
  const today = businessDayOf(service.clock());
  const quality = await rosterBreaches(client, staged, roster.county_code, today, service.cipher, (n) =>
    run.advance(n),
  );
  return {
    quality,
    report: {
      file: { name: roster.file_name, sha256: roster.file_sha256 },
      sheets: [...staged.sheets],
      households: { create, change, unchanged, heldBack },
      persons,
      columns: { matched: [...staged.matched], unknown: [...staged.unknown] },
      problemCounts: await problemCounts(client),
      quality: quality.counts,
    },
  };
}

/**
 * The one transaction in which an import leaves anything behind: its report and, when it is committed, the register.
 * @returns false, with nothing done, when the register is no longer what it was compared with
 */
async function settle(
  service: ServiceKit,
  run: JobRun<RosterJobInput>,
  client: PoolClient,
  roster: ImportRow,
  staged: StagedRoster,
  { report, quality, outside }: Settled,
  committed: boolean,
): Promise<boolean> {
  const { id: importId, county_code: countyCode } = roster;
  const now = service.clock();
  return transact(client, async () => {
    const { rowCount } = await client.query(
      `SELECT 1 FROM roster_import WHERE id = $1::uuid AND state IN ('checking', 'committing') FOR UPDATE`,
      [importId],
    );
    demand(rowCount === 1, 'IMPORT_NOT_OPEN');
    if (committed) {
      if (!(await isStillAsCompared(client, countyCode))) return false;
      await applyRoster(client, staged, service.cipher, { importId, countyCode, asOf: roster.as_of, now });
      const brought = 'IN (SELECT id FROM roster_household)';
      await keepBreaches(client, service.cipher, countyCode, brought, [], quality.breaches);
      const { file, households, persons } = report;
      const entry = {
        id: service.newId(now),
        action: 'identification.roster.committed',
        recordType: 'import',
        recordId: importId,
        change: { file, households, persons },
      };
      await writeAudit(pgSql(client), run.caller, [entry], now);
    }
    await keepOffers(client, roster);
    await countOutside(service, run, client, roster, outside, now);
    await saveReport(client, roster, report, committed, now);
    return true;
  });
}

/** Keeps with the import who may be a known person under another number, for the clerk to say which it is. */
async function keepOffers(client: PoolClient, roster: ImportRow): Promise<void> {
  await client.query(
    `DELETE FROM import_same_person a WHERE a.import_id = $1::uuid AND NOT EXISTS (
       SELECT 1 FROM roster_same s JOIN roster_row r USING (ordinal)
       WHERE r.sheet = a.sheet AND r.row = a.row AND s.person_id = a.person_id)`,
    [roster.id],
  );
  await client.query(
    `INSERT INTO import_same_person (import_id, sheet, "row", person_id, county_code)
     SELECT $1::uuid, r.sheet, r.row, s.person_id, $2 FROM roster_same s JOIN roster_row r USING (ordinal)
     ON CONFLICT DO NOTHING`,
    [roster.id, roster.county_code],
  );
}

/** Who looks for persons of other areas leaves a trace: counted by account, in the audit log (formats, the code's row). */
async function countOutside(
  service: ServiceKit,
  run: JobRun<RosterJobInput>,
  client: PoolClient,
  roster: ImportRow,
  persons: number,
  now: Date,
): Promise<void> {
  if (persons === 0) return;
  await client.query(
    `INSERT INTO outside_finding (import_id, county_code, account_id, persons, found_at)
     VALUES ($1::uuid, $2, $3, $4, $5::timestamptz)
     ON CONFLICT (import_id) DO UPDATE SET persons = greatest(outside_finding.persons, excluded.persons)`,
    [roster.id, roster.county_code, roster.account_id, persons, now.toISOString()],
  );
  const entry = {
    id: service.newId(now),
    action: 'identification.roster.found-outside',
    recordType: 'import',
    recordId: roster.id,
    change: { persons },
  };
  await writeAudit(pgSql(client), run.caller, [entry], now);
}

async function countyRegions(client: PoolClient, county: RegionCode) {
  const { rows } = await client.query<{ code: RegionCode; level: RegionLevel; name: string }>(
    'SELECT code, level, name FROM region WHERE county_code = $1',
    [county],
  );
  demand(
    rows.some((row) => row.code === county),
    'COUNTY_UNKNOWN',
    { county },
  );
  return regionIndex(rows, county);
}

/** A commit does what its button said: other numbers than the dry run's are shown first. */
function isAsChecked(before: ImportReport | null, now: ImportReport): boolean {
  if (before === null) return true;
  return (['create', 'change', 'unchanged', 'heldBack'] as const).every(
    (key) => before.households[key] === now.households[key] && before.persons[key] === now.persons[key],
  );
}

async function problemCounts(client: PoolClient): Promise<Record<string, number>> {
  const { rows } = await client.query<{ code: string; n: number }>(
    'SELECT code, count(*) AS n FROM roster_problem GROUP BY code ORDER BY code',
  );
  return Object.fromEntries(rows.map(({ code, n }) => [code, n]));
}

async function saveReport(
  client: PoolClient,
  roster: ImportRow,
  report: ImportReport,
  committed: boolean,
  now: Date,
): Promise<void> {
  await client.query('DELETE FROM import_problem WHERE import_id = $1::uuid', [roster.id]);
  await client.query(
    `INSERT INTO import_problem (import_id, position, county_code, sheet, "row", "column", value, code, severity, household, village)
     SELECT $1::uuid, p.position, $2, p.sheet, p.row, p.column_name, p.value, p.code, p.severity, p.household,
       t.name || ${PLACE_NAME}
     FROM roster_problem p LEFT JOIN roster_row r ON r.sheet = p.sheet AND r.row = p.row
       LEFT JOIN region v ON v.code = r.village_code LEFT JOIN region t ON t.code = v.parent_code`,
    [roster.id, roster.county_code],
  );
  await client.query(
    `UPDATE roster_import SET state = $2, report = $3::jsonb, committed_at = $4::timestamptz, version = version + 1
     WHERE id = $1::uuid`,
    [roster.id, committed ? 'committed' : 'checked', JSON.stringify(report), committed ? now.toISOString() : null],
  );
}
