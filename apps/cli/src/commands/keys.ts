import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { userPath } from '../files.ts';
import { table } from '../table.ts';

interface Flags {
  readonly data?: string;
}

/** `keys status`, `keys rotate`: the data key of a data folder, on the machine of the platform. */
export function registerKeys(keys: Command, context: Context): void {
  const command = (name: 'status' | 'rotate', description: string) =>
    keys
      .command(name)
      .description(description)
      .option('--data <DIR>', '数据目录', (text: string) => userPath(context.env, text))
      .action(async ({ data }: Flags) => {
        const { keysStatus, rotateKeys } = await import('@bangfu/infra/local/keys');
        const ask = name === 'status' ? keysStatus : rotateKeys;
        const { sealed, earlierKeys } = await ask(data, (line) => context.output.note(line));
        if (name === 'rotate' && earlierKeys > 0) context.outcomeIsBad();
        context.output.result({ sealed, earlierKeys }, () => [
          ...table(
            Object.entries(sealed).flatMap(([service, counts]) =>
              Object.entries(counts).map(
                ([key, n]) => [service, key === 'first' ? '旧格式' : `密钥 ${key}`, n] as const,
              ),
            ),
          ),
          earlierKeys > 0
            ? `仍保留 ${earlierKeys} 个旧密钥：还有内容由它们封存，或有内容打不开（用 audit verify 查看是哪些）`
            : '没有旧密钥',
        ]);
      });
  command('status', '查看敏感数据和文件由哪些密钥封存');
  command('rotate', '更换数据密钥并重新封存全部敏感数据和文件（先停止平台）');
}
