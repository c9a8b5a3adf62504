import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { call } from '@bangfu/contracts/core/client';
import { importRegions } from '@bangfu/contracts/identification/regions';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { existingFile } from '../files.ts';
import { withPlatform } from '../session.ts';
import { table } from '../table.ts';

/** `import regions FILE`: the division table (code, level, name, parent_code). */
export function registerImportRegions(imports: Command, context: Context): void {
  imports
    .command('regions')
    .description('导入区划表')
    .argument('<FILE>', '区划表（code, level, name, parent_code）')
    .action(async (file: string) => {
      const path = await existingFile(context.env, file);
      const answer = await withPlatform(context, async (connection) =>
        call(connection, importRegions, { query: { name: basename(path) }, body: await openAsBlob(path) }),
      );
      const { regions, warnings } = answer;
      const { create, change, unchanged } = regions;
      context.output.result(warnings.length > 0 ? answer : { regions }, () =>
        table([
          ['新增', create],
          ['变更', change],
          ['不变', unchanged],
          ...warnings.map(({ sheet, message }) => ['注意', `${sheet} ${message}`.trim()] as const),
        ]),
      );
    });
}
