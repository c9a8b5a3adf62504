import type { ImportReport, RosterImport } from '@bangfu/contracts/identification/imports';
import { ImportReport as ReportSchema } from '@bangfu/contracts/identification/imports';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import type { RosterImport as Row } from '../../generated/prisma/client.ts';
import type { Tx } from '../../db/client.ts';

/** An import as the contract shows it. */
export function shown(row: Pick<Row, keyof RosterImport>): RosterImport {
  const report: ImportReport | null = row.report === null ? null : ReportSchema.parse(row.report);
  return {
    id: row.id,
    fileName: row.fileName,
    state: row.state as RosterImport['state'],
    jobId: row.jobId,
    report,
    accountName: row.accountName,
    createdAt: row.createdAt.toISOString(),
    committedAt: row.committedAt?.toISOString() ?? null,
    undoneAt: row.undoneAt?.toISOString() ?? null,
    version: row.version,
  };
}

/** Which imports a caller may see: the county's own for the office, a township's officer his own. */
export function visibleTo(caller: Caller): { readonly countyCode: string; readonly accountId?: string } {
  const wholeCounty = regionPrefixes(caller).some((prefix) => prefix.length <= 6);
  return { countyCode: caller.countyCode, ...(wholeCounty ? {} : { accountId: caller.id }) };
}

/** One import the caller may see, locked by nobody. @throws Refusal 404 */
export async function getVisible(tx: Pick<Tx, 'rosterImport'>, id: string, caller: Caller): Promise<Row> {
  const row = await tx.rosterImport.findFirst({ where: { id, ...visibleTo(caller) } });
  if (!row) throw notFound();
  return row;
}
