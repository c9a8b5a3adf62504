import { readFile } from 'node:fs/promises';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { countRegionGrants } from '@bangfu/contracts/gateway/region-grants';
import {
  closeRegion,
  mergeRegions,
  recodeRegion,
  type RegionChange,
  renameRegion,
  splitRegion,
} from '@bangfu/contracts/identification/regions';
import type { RegionChangeKind } from '@bangfu/domain/shared/region-change';
import { type Command, InvalidArgumentError } from 'commander';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { existingFile } from '../files.ts';
import { day, region } from '../options.ts';
import { withPlatform } from '../session.ts';
import { table } from '../table.ts';

/** What every change is decided with. */
interface Flags {
  readonly on: string;
  readonly document: string;
  readonly dryRun?: boolean;
}
type Decision = Omit<Flags, 'dryRun'> & { readonly dryRun: boolean };

const KINDS: Readonly<Record<RegionChangeKind, string>> = {
  rename: '更名',
  recode: '变更代码',
  merge: '合并',
  split: '拆分',
  close: '撤销',
};

const regions = (text: string): string[] => text.split(/[,，]/).map(region);

/** Successors as they are written: CODE=NAME, separated by commas. */
function successors(text: string): { code: string; name: string }[] {
  return text.split(/[,，]/).map((each) => {
    const [code = '', name = ''] = each.split('=').map((part) => part.trim());
    if (!name) throw new InvalidArgumentError('应为 代码=名称，多个用逗号分开');
    return { code: region(code), name };
  });
}

/**
 * The list of a split: in each line what goes, and the code it goes to.
 * @throws CliError FILE_UNUSABLE for a line without a code, but for a heading in the first
 */
async function partsIn(context: Context, file: string): Promise<{ part: string; to: string }[]> {
  const path = await existingFile(context.env, file);
  const lines = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '').split(/\r?\n/);
  return lines.flatMap((line, at) => {
    if (!line.trim()) return [];
    const [part = '', to = ''] = line.split(/[,，\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    if (part && /^\d{12}$/.test(to)) return [{ part, to }];
    if (at === 0) return [];
    throw new CliError('FILE_UNUSABLE', { file: path, reason: `line ${at + 1}: part,code` });
  });
}

/**
 * Tries a change, counts the grants it rewrites, carries it out unless it is only tried, and prints it: the gateway keeps
 * the grants, and follows the change by its event.
 */
async function change(
  context: Context,
  { on, document, dryRun = false }: Flags,
  carry: (connection: Connection, decision: Decision) => Promise<RegionChange>,
): Promise<void> {
  const { changed, households, grants, ended } = await withPlatform(context, async (connection) => {
    const tried = await carry(connection, { on, document, dryRun: true });
    const counted = await call(connection, countRegionGrants, { body: { codes: tried.codes } });
    const done = dryRun ? tried : await carry(connection, { on, document, dryRun: false });
    return { ...done, ...counted };
  });
  context.output.result({ changed, households, grants }, () => [
    ...table(changed.map(({ from, to, kind }) => [KINDS[kind], from, '→', to ?? '（无）'])),
    `${dryRun ? '将' : '已'}改动 ${households} 户、${grants} 项授权${ended > 0 ? `，其中 ${ended} 项失效，须重新授权` : ''}`,
  ]);
}

/** `region rename|recode|merge|split|close`: changes of divisions by a document. */
export function registerRegion(group: Command, context: Context): void {
  const command = (name: RegionChangeKind, from: (text: string) => unknown) =>
    group
      .command(name)
      .description(`区划${KINDS[name]}`)
      .requiredOption('--from <CODE>', '现在的代码', from)
      .requiredOption('--on <DATE>', '从哪一天起', day)
      .requiredOption('--document <TEXT>', '依据文件')
      .option('--dry-run', '只看会改动什么');
  command('rename', region)
    .requiredOption('--name <NAME>', '新名称')
    .action(({ from: code, name, ...flags }: Flags & { from: string; name: string }) =>
      change(context, flags, (connection, decision) =>
        call(connection, renameRegion, { body: { code, name, ...decision } }),
      ),
    );
  command('recode', region)
    .requiredOption('--to <CODE>', '新代码', region)
    .action(({ from: code, to, ...flags }: Flags & { from: string; to: string }) =>
      change(context, flags, (connection, decision) =>
        call(connection, recodeRegion, { body: { code, to, ...decision } }),
      ),
    );
  command('merge', regions)
    .requiredOption('--to <CODE>', '合并后的代码', region)
    .requiredOption('--name <NAME>', '合并后的名称')
    .action(({ from, to, name, ...flags }: Flags & { from: string[]; to: string; name: string }) =>
      change(context, flags, (connection, decision) =>
        call(connection, mergeRegions, { body: { from, to, name, ...decision } }),
      ),
    );
  command('split', region)
    .requiredOption('--to <CODE=NAME>', '拆分后的代码和名称，多个用逗号分开', successors)
    .requiredOption('--list <FILE>', '名单：村（或自然村、户编号），新代码')
    .action(async ({ from, to, list: file, ...flags }: Flags & SplitFlags) => {
      const list = await partsIn(context, file);
      await change(context, flags, (connection, decision) =>
        call(connection, splitRegion, { body: { from, to, list, ...decision } }),
      );
    });
  command('close', region).action(({ from: code, ...flags }: Flags & { from: string }) =>
    change(context, flags, (connection, decision) => call(connection, closeRegion, { body: { code, ...decision } })),
  );
}

interface SplitFlags {
  readonly from: string;
  readonly to: { code: string; name: string }[];
  readonly list: string;
}
