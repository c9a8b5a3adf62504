import type { EveryService } from '@bangfu/contracts/core/every-service';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import type { Identification } from '../../db/client.ts';

/** What waits for the caller: imports he checked and neither committed nor put aside. */
export async function readWork(
  service: Identification,
  caller: Caller,
): Promise<AnswerInputOf<EveryService['listWork']>> {
  const where = { accountId: caller.id, state: 'checked' };
  const imports = await service.prisma.rosterImport.findMany({ where, orderBy: { id: 'asc' }, take: 20 });
  return {
    items: imports.map((row) => ({
      id: row.id,
      kind: 'import-to-commit',
      title: `确认导入《${row.fileName}》`,
      detail: '试运行已完成，等待核对入库',
      due: null,
      overdue: false,
      link: `/identification/imports/${row.id}`,
    })),
    total: await service.prisma.rosterImport.count({ where }),
  };
}
