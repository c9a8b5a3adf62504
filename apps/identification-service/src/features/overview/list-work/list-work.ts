import { everyService } from '@bangfu/contracts/core/every-service';
import { commitImport } from '@bangfu/contracts/identification/imports';
import { IDENTIFICATION_DEADLINES } from '@bangfu/contracts/identification/policies';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { workDue } from '@bangfu/domain/shared/work-policy';
import type { Caller } from '@bangfu/platform/auth/caller';
import { policyVersions } from '@bangfu/platform/policy/policy-on';
import { MOST_OF_A_KIND, toWork, type WaitingKind, waitingFor } from '@bangfu/platform/work';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { query, readAs, type Tables } from '../../../operations.ts';
import { findWaitingCases } from '../../cases/waiting-cases/waiting-cases.ts';

const contract = everyService('identification');

/** What waits for the caller: cases at a step that is theirs, and imports they checked and neither committed nor put aside. */
export const listWork = query(contract.listWork, async ({ kit, read, caller, now }) => {
  const imports = await waitingFor(commitImport, caller, now, (as) => importsToCommit(readAs(kit, as), as));
  return toWork([imports, await findWaitingCases(read, caller, now)], businessDayOf(now));
});

async function importsToCommit(read: ReadSql<Tables>, caller: Caller): Promise<WaitingKind> {
  const waiting = read.selectFrom('roster_import').where('account_id', '=', caller.id).where('state', '=', 'checked');
  const rows = await waiting
    .orderBy('id')
    .limit(MOST_OF_A_KIND)
    .select(['id', 'file_name as fileName', 'created_at as createdAt'])
    .execute();
  const deadlines = await policyVersions(read, caller.countyCode, IDENTIFICATION_DEADLINES);
  const items = rows.map((row) => ({
    id: row.id,
    kind: 'import-to-commit' as const,
    title: `确认导入《${row.fileName}》`,
    detail: '试运行已完成，等待核对入库',
    due: workDue(deadlines, 'import-to-commit', businessDayOf(row.createdAt)),
    link: `/identification/imports/${row.id}`,
  }));
  const { total } = await waiting.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return { items, total };
}
