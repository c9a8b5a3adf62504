import { Grant } from '@bangfu/contracts/gateway/session';
import { z } from 'zod';
import { createMissingAccounts } from './features/accounts/first-accounts.ts';
import type { Gateway } from './gateway.ts';

/** What the process that started the gateway may ask of it; nobody else can. */
const Order = z.object({
  kind: z.literal('accounts'),
  accounts: z.array(
    z.object({ username: z.string(), name: z.string(), grants: z.array(Grant), password: z.string().min(8) }),
  ),
});

/** Listens to the parent process: it hands over a demo's accounts and hears when they are there. */
export function obeyParent(gateway: Gateway): void {
  process.on('message', (message) => {
    const order = Order.safeParse(message);
    if (!order.success) return;
    createMissingAccounts(gateway, order.data.accounts).then(
      () => process.send?.({ kind: 'accounts', done: true }),
      (error: unknown) => {
        gateway.log.error({ err: error }, 'the accounts were not made');
        process.send?.({ kind: 'accounts', done: false });
      },
    );
  });
}
