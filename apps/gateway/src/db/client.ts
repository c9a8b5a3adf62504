import { AsyncLocalStorage } from 'node:async_hooks';
import type { Sql } from '@bangfu/data/sql';
import type { OpenTransaction } from '@bangfu/platform/db/command';
import { openServicePool } from '@bangfu/data/pool';
import { prismaTransactions } from '@bangfu/platform/db/prisma';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts';

/** A transaction of the gateway's own typed client. */
export type Tx = Prisma.TransactionClient;

/** The gateway's client, its transactions, and a view of the client that follows the transaction running. */
export interface Database {
  readonly prisma: PrismaClient;
  readonly transaction: OpenTransaction<Tx>;
  /** For the sign-in library, which takes one client: what it writes inside a command joins the command's transaction. */
  readonly following: PrismaClient;
}

const running = new AsyncLocalStorage<Tx>();

/** Whether the caller holds a connection of the pool in a transaction; what takes long must not be done there. */
export const isInTransaction = (): boolean => running.getStore() !== undefined;

/** Opens the gateway's database. */
export function openDatabase(url: string, cipher: Cipher): Database {
  const adapter = new PrismaPg(openServicePool(url), { disposeExternalPool: true });
  const prisma = new PrismaClient({ adapter });
  const open = prismaTransactions<Tx>(prisma, { cipher, afterCommit: () => undefined });
  return {
    prisma,
    transaction: Object.assign(
      <T>(work: (tx: Tx, sql: Sql) => Promise<T>) => open((tx, sql) => running.run(tx, () => work(tx, sql))),
      { keyHash: open.keyHash },
    ),
    following: new Proxy(prisma, {
      get: (client, name) => Reflect.get(running.getStore() ?? client, name),
    }),
  };
}
