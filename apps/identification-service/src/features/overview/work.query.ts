import type { EveryService } from '@bangfu/contracts/core/every-service';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { commitImport } from '@bangfu/contracts/identification/imports';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { workDue } from '@bangfu/domain/shared/work-policy';
import type { Caller } from '@bangfu/platform/auth/caller';
import { MOST_OF_A_KIND, toWork, type WaitingKind, waitingFor } from '@bangfu/platform/work';
import type { Identification } from '../../db/client.ts';
import { findWaitingCases } from '../cases/waiting-cases/waiting-cases.query.ts';

/** What waits for the caller: cases at a step that is his, and imports he checked and neither committed nor put aside. */
export async function listWork(
  service: Identification,
  caller: Caller,
  now: Date,
): Promise<AnswerInputOf<EveryService['listWork']>> {
  const imports = await waitingFor(commitImport, caller, now, (as) => importsToCommit(service, as));
  return toWork([imports, await findWaitingCases(service, caller, now)], businessDayOf(now));
}

async function importsToCommit(service: Identification, caller: Caller): Promise<WaitingKind> {
  const where = { accountId: caller.id, state: 'checked' };
  const rows = await service.prisma.rosterImport.findMany({ where, orderBy: { id: 'asc' }, take: MOST_OF_A_KIND });
  const items = rows.map((row) => ({
    id: row.id,
    kind: 'import-to-commit' as const,
    title: `确认导入《${row.fileName}》`,
    detail: '试运行已完成，等待核对入库',
    due: workDue('import-to-commit', businessDayOf(row.createdAt)),
    link: `/identification/imports/${row.id}`,
  }));
  return { items, total: await service.prisma.rosterImport.count({ where }) };
}
