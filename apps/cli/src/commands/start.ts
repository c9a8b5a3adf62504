import { type Command, Option } from 'commander';
import type { Context } from '../context.ts';
import { userPath } from '../files.ts';
import { county, wholeNumber } from '../options.ts';

interface StartFlags {
  readonly port?: number;
  readonly data?: string;
  readonly demo?: 'none' | 'small' | 'county';
  readonly county?: string;
  readonly kafka?: true;
}

/** `start`: the whole platform on this machine until it is told to stop. Flags win over the environment. */
export function registerStart(program: Command, context: Context): void {
  program
    .command('start')
    .description('启动整个平台')
    .option('--port <N>', '端口', wholeNumber(0, 65_535))
    .option('--data <DIR>', '数据目录', (text: string) => userPath(context.env, text))
    .addOption(new Option('--demo <KIND>', '演示数据').choices(['none', 'small', 'county']))
    .option('--county <CODE>', '县级区划代码', county)
    .option('--kafka', '另启本机 Kafka 传递事件')
    .action(async ({ port, data, demo, county: code, kafka }: StartFlags) => {
      // The server's modules are loaded by no other command.
      const { start } = await import('@bangfu/infra/local/start');
      await start({
        ...(port === undefined ? {} : { port }),
        ...(data === undefined ? {} : { data }),
        ...(demo === undefined ? {} : { demo }),
        ...(code === undefined ? {} : { county: code }),
        ...(kafka === undefined ? {} : { kafka }),
      });
    });
}
