import { ImportReport, type RosterImport } from '@bangfu/contracts/identification/imports';
import type { ReadSql, Transaction } from '@bangfu/data/typed-sql';
import { demand } from '@bangfu/domain/shared/errors';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { conflict, notFound } from '@bangfu/platform/http/refusal';
import type { Tables } from '../../operations.ts';

/** The imports a caller may see: the county's own for the office, a township's officer their own. */
export function visibleImports(read: ReadSql<Tables>, caller: Caller) {
  const isWholeCounty = regionPrefixes(caller).some((prefix) => prefix.length <= 6);
  const ofCounty = read
    .selectFrom('roster_import as i')
    .where('i.county_code', '=', caller.countyCode)
    .select([
      'i.id',
      'i.file_name as fileName',
      'i.file_sha256 as fileSha256',
      'i.as_of as asOf',
      'i.state',
      'i.job_id as jobId',
    ])
    .select(['i.report', 'i.account_name as accountName', 'i.created_at as createdAt'])
    .select(['i.committed_at as committedAt', 'i.undone_at as undoneAt', 'i.version']);
  return isWholeCounty ? ofCounty : ofCounty.where('i.account_id', '=', caller.id);
}
type Row = Awaited<ReturnType<ReturnType<typeof visibleImports>['execute']>>[number];

/** An import as the contract shows it. */
export function shown({ fileSha256: _, report, createdAt, committedAt, undoneAt, ...row }: Row): RosterImport {
  return {
    ...row,
    report: report === null ? null : ImportReport.parse(report),
    createdAt: createdAt.toISOString(),
    committedAt: committedAt?.toISOString() ?? null,
    undoneAt: undoneAt?.toISOString() ?? null,
  };
}

/** One import the caller may see, locked by nobody. @throws Refusal 404 */
export async function getVisible(read: ReadSql<Tables>, id: string, caller: Caller): Promise<Row> {
  const row = await visibleImports(read, caller).where('i.id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/**
 * Gives an import that was checked to a job. @returns as it is then
 * @throws DomainError IMPORT_NOT_CHECKED; Refusal 404, 409 when it is no longer at that version
 */
export async function giveToJob(
  { sql: write }: Transaction<Tables>,
  caller: Caller,
  { id, version }: { readonly id: string; readonly version: number },
  to: { readonly state: 'checking' | 'committing'; readonly jobId: string },
): Promise<RosterImport> {
  const before = await getVisible(write, id, caller);
  demand(before.state === 'checked', 'IMPORT_NOT_CHECKED');
  const { numUpdatedRows } = await write
    .updateTable('roster_import')
    .set({ state: to.state, job_id: to.jobId, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', '=', 'checked')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw conflict(shown(before));
  return shown(await getVisible(write, id, caller));
}
