import type { Clock } from '@bangfu/domain/shared/time';
import { ConfigError } from '@bangfu/platform/config/config';
import { stopInOrder } from '@bangfu/platform/lifecycle/lifecycle';
import { readGatewayConfig } from './config.ts';
import { obeyParent } from './parent.ts';
import { startGateway } from './start.ts';

/** Runs the gateway as a process of its own until it is told to stop. `clock` is given by test entry points only. */
export async function serveGateway(options: { clock?: Clock } = {}): Promise<void> {
  try {
    const { gateway, port, firstPassword, stop } = await startGateway(readGatewayConfig(), options);
    stopInOrder(gateway.log, [stop]);
    obeyParent(gateway);
    if (firstPassword) {
      if (process.send) process.send({ firstPassword });
      else process.stdout.write(`admin ${firstPassword}\n`);
    }
    process.send?.({ ready: 'gateway', port });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}
