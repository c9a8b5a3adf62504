import { Command, CommanderError } from 'commander';
import { registerAccount } from './commands/account.ts';
import { registerAdminCreate } from './commands/admin-create.ts';
import { registerApi } from './commands/api.ts';
import { registerAuditVerify } from './commands/audit-verify.ts';
import { registerCheck } from './commands/check.ts';
import { registerDemoRoster } from './commands/demo-roster.ts';
import { registerExportHouseholds } from './commands/export-households.ts';
import { registerFacts } from './commands/facts.ts';
import { registerHousehold } from './commands/household.ts';
import { registerImportRegions } from './commands/import-regions.ts';
import { registerImportRoster } from './commands/import-roster.ts';
import { registerImportUndo } from './commands/import-undo.ts';
import { registerBackup } from './commands/backup.ts';
import { registerKeys } from './commands/keys.ts';
import { registerMigrate } from './commands/migrate.ts';
import { registerPolicy } from './commands/policy.ts';
import { registerRedrive } from './commands/redrive.ts';
import { registerRegion } from './commands/region.ts';
import { registerRestore } from './commands/restore.ts';
import { registerStart } from './commands/start.ts';
import { registerStats } from './commands/stats.ts';
import type { Context } from './context.ts';
import { usage } from './errors.ts';
import { USAGE_REASONS } from './messages.ts';
import { createOutput, type Streams } from './output.ts';

function build(context: Context): Command {
  const program = new Command('bangfu')
    .description('县级精准帮扶平台命令行')
    .option('--json', '标准输出只写一个 JSON 文档')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) =>
        (context.output.json ? context.output.streams.stderr : context.output.streams.stdout).write(text),
      writeErr: (text) => context.output.streams.stderr.write(text),
      // What is wrong is told once, in the form --json asks for.
      outputError: () => {},
    });
  const group = (name: string, description: string) =>
    program.command(name).description(description).helpCommand(false);
  registerStart(program, context);
  registerMigrate(program, context);
  registerBackup(program, context);
  registerRestore(program, context);
  const imports = group('import', '导入');
  registerImportRegions(imports, context);
  registerImportRoster(imports, context);
  registerImportUndo(imports, context);
  registerExportHouseholds(group('export', '导出'), context);
  registerCheck(program, context);
  registerFacts(program, context);
  registerStats(program, context);
  registerHousehold(program, context);
  registerAuditVerify(group('audit', '审计'), context);
  registerRedrive(program, context);
  registerDemoRoster(group('demo', '演示数据'), context);
  registerPolicy(group('policy', '政策'), context);
  registerRegion(group('region', '区划变更'), context);
  registerAccount(group('account', '账号'), context);
  registerAdminCreate(group('admin', '管理员'), context);
  registerKeys(group('keys', '数据密钥'), context);
  registerApi(program, context);
  return program;
}

function refuseUsage(context: Context, error: CommanderError): number {
  if (error.exitCode === 0) return 0;
  // A command that is only begun has had its help shown; under --json the one document says so too.
  const begun = error.code === 'commander.help';
  if (begun && !context.output.json) return 2;
  const reason = begun ? '缺少子命令' : (USAGE_REASONS[error.code] ?? error.code);
  return context.output.refuse(usage(begun ? reason : `${reason}（${error.message.replace(/^error: /, '')}）`));
}

/**
 * Runs one command line.
 * @param args what follows the program's name
 * @returns the exit code: 0 done, 1 refused or failed, 2 wrong usage
 */
export async function runCli(args: readonly string[], env: NodeJS.ProcessEnv, streams: Streams): Promise<number> {
  const language = env.BANGFU_LANGUAGE === 'en' ? 'en' : 'zh';
  let exitCode = 0;
  const context: Context = {
    env,
    output: createOutput(streams, args.includes('--json'), language),
    outcomeIsBad: () => {
      exitCode = 1;
    },
  };
  try {
    await build(context).parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return refuseUsage(context, error);
    return context.output.refuse(error);
  }
}
