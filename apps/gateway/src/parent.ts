import { Grant } from '@bangfu/contracts/gateway/session';
import { z } from 'zod';
import { createMissingAccounts } from './features/accounts/first-accounts.ts';
import type { Gateway } from './gateway.ts';

/** What the process that started the gateway may ask of it; nobody else can. */
const Kind = z.object({ kind: z.literal('accounts') });
const Order = Kind.extend({
  accounts: z.array(
    z.object({ username: z.string(), name: z.string(), grants: z.array(Grant), password: z.string().min(8) }),
  ),
});

/** Listens to the parent process: it hands over a demo's accounts and hears that they are there, or why not. */
export function obeyParent(gateway: Gateway): void {
  process.on('message', (message) => {
    if (!Kind.safeParse(message).success) return;
    Order.parseAsync(message)
      .then(({ accounts }) => createMissingAccounts(gateway, accounts))
      .then(
        () => process.send?.({ kind: 'accounts', done: true }),
        (error: unknown) => {
          gateway.log.error({ err: error }, 'the accounts were not made');
          process.send?.({
            kind: 'accounts',
            failed: error instanceof z.ZodError ? z.prettifyError(error) : String(error),
          });
        },
      );
  });
}
