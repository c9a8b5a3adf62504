import { call } from '@bangfu/contracts/core/client';
import { verifyEverything } from '@bangfu/contracts/gateway/audit';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { ownerName } from '../messages.ts';
import { withPlatform } from '../session.ts';
import { table } from '../table.ts';

/** `audit verify`: the hash chains and sealed records of every service; a break, or a service that could not be verified, is exit 1. */
export function registerAuditVerify(audit: Command, context: Context): void {
  audit
    .command('verify')
    .description('校验审计日志链，以及封存的公示、抽样框、问卷和清单')
    .action(async () => {
      const answer = await withPlatform(context, (connection) => call(connection, verifyEverything));
      const { checked, broken, unsealed, absent } = answer;
      context.output.result({ checked, broken, unsealed, absent }, () => [
        `已校验 ${checked} 条，待封存 ${unsealed} 条，断裂 ${broken.length} 处`,
        ...table(broken.map(({ what, id, at }) => [what, id, at])),
      ]);
      if (absent.length > 0) context.output.note(`没有应答、因而未校验的服务：${absent.map(ownerName).join('、')}`);
      if (broken.length > 0 || absent.length > 0) context.outcomeIsBad();
    });
}
