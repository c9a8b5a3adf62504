import { Grant } from '@bangfu/contracts/gateway/session';
import { z } from 'zod';
import { createMissingAccounts, giveGrants } from './features/accounts/first-accounts.ts';
import type { Gateway } from './gateway.ts';

/** What the process that started the gateway may ask of it; nobody else can. */
const Order = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('accounts'),
    accounts: z.array(
      z.object({ username: z.string(), name: z.string(), grants: z.array(Grant), password: z.string().min(8) }),
    ),
  }),
  z.object({ kind: z.literal('grants'), grants: z.array(z.object({ username: z.string(), grant: Grant })) }),
]);
const Kind = z.object({ kind: z.enum(['accounts', 'grants']) });

/** Listens to the parent process: it hands over a demo's accounts or grants and hears that they are there, or why not. */
export function obeyParent(gateway: Gateway): void {
  process.on('message', (message) => {
    const about = Kind.safeParse(message);
    if (!about.success) return;
    const { kind } = about.data;
    Order.parseAsync(message)
      .then((order) =>
        order.kind === 'accounts' ? createMissingAccounts(gateway, order.accounts) : giveGrants(gateway, order.grants),
      )
      .then(
        () => process.send?.({ kind, done: true }),
        (error: unknown) => {
          gateway.log.error({ err: error }, 'the accounts or grants were not made');
          process.send?.({
            kind,
            failed: error instanceof z.ZodError ? z.prettifyError(error) : String(error),
          });
        },
      );
  });
}
