import { call } from '@bangfu/contracts/core/client';
import { getStatistics } from '@bangfu/contracts/identification/households';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { region, type TimesAsked, withTimes } from '../options.ts';
import { withPlatform } from '../session.ts';
import { table } from '../table.ts';

interface Flags extends TimesAsked {
  readonly region?: string;
}

type Group = Readonly<Record<string, { readonly households: number; readonly persons: number }>>;

const section = (title: string, group: Group) => [
  [title, '', ''],
  ...Object.entries(group).map(([name, { households, persons }]) => [`  ${name}`, households, persons]),
];

/** `stats`: the register's statistics over the account's scope. */
export function registerStats(program: Command, context: Context): void {
  withTimes(program.command('stats').description('登记统计'))
    .option('--region <CODE>', '只统计这个区划', region)
    .action(async (flags: Flags) => {
      const answer = await withPlatform(context, (connection) => call(connection, getStatistics, { query: flags }));
      context.output.result(answer, () =>
        table([
          ['', '户', '人'],
          ['合计', answer.households, answer.persons],
          ...section('脱贫属性', answer.byStatus),
          ...section('主要致贫原因', answer.byCause),
          ...section('贫困户属性', answer.byCategory),
        ]),
      );
    });
}
