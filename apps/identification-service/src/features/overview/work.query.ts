import type { EveryService } from '@bangfu/contracts/core/every-service';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import type { Identification } from '../../db/client.ts';
import { findWaitingCases } from '../cases/waiting-cases/waiting-cases.query.ts';

/** What waits for the caller: cases at a step that is his, and imports he checked and neither committed nor put aside. */
export async function listWork(
  service: Identification,
  caller: Caller,
  now: Date,
): Promise<AnswerInputOf<EveryService['listWork']>> {
  const where = { accountId: caller.id, state: 'checked' };
  const imports = await service.prisma.rosterImport.findMany({ where, orderBy: { id: 'asc' }, take: 20 });
  const cases = await findWaitingCases(service, caller, now);
  const items = imports.map((row) => ({
    id: row.id,
    kind: 'import-to-commit',
    title: `确认导入《${row.fileName}》`,
    detail: '试运行已完成，等待核对入库',
    due: null,
    overdue: false,
    link: `/identification/imports/${row.id}`,
  }));
  return {
    items: [...items, ...cases],
    total: (await service.prisma.rosterImport.count({ where })) + cases.length,
  };
}
