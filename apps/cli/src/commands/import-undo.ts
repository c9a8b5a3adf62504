import { call } from '@bangfu/contracts/core/client';
import { undoImport } from '@bangfu/contracts/identification/imports';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { withPlatform } from '../session.ts';

function importId(text: string): string {
  if (!z.uuid().safeParse(text).success) throw new InvalidArgumentError('应为导入编号（UUID）');
  return text;
}

/** `import undo ID`: takes back an import nothing was built on. */
export function registerImportUndo(imports: Command, context: Context): void {
  imports
    .command('undo')
    .description('撤销导入')
    .argument('<ID>', '导入编号', importId)
    .action(async (id: string) => {
      const answer = await withPlatform(context, (connection) =>
        call(connection, undoImport, { params: { importId: id }, body: {} }),
      );
      context.output.result(answer, () => ['已撤销']);
    });
}
