import { call } from '@bangfu/contracts/core/client';
import type { Dossier } from '@bangfu/contracts/core/every-service';
import { getDossier } from '@bangfu/contracts/gateway/county';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { ownerName } from '../messages.ts';
import { withPlatform } from '../session.ts';
import { table } from '../table.ts';

function partLines({ sections, timeline }: Dossier): string[] {
  const facts = sections.flatMap((section) => [
    `【${section.title}】`,
    ...table(section.facts.map(({ label, value }) => [label, value])),
    ...(section.table ? table([section.table.columns, ...section.table.rows]) : []),
  ]);
  return [...facts, ...table(timeline.map(({ at, title, detail }) => [at, title, detail]))];
}

/** `household NUMBER`: the dossier across the services. */
export function registerHousehold(program: Command, context: Context): void {
  program
    .command('household')
    .description('一户一档')
    .argument('<NUMBER>', '户编号')
    .action(async (householdNumber: string) => {
      const answer = await withPlatform(context, (connection) =>
        call(connection, getDossier, { params: { householdNumber } }),
      );
      context.output.result(answer, () => [
        `户编号 ${answer.householdNumber}`,
        ...answer.parts.flatMap(({ service, dossier, absent }) =>
          dossier ? partLines(dossier) : absent ? [`（${ownerName(service)}暂时没有应答）`] : [],
        ),
      ]);
    });
}
