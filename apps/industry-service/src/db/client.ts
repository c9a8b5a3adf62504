import type { OpenTransaction } from '@bangfu/service-kit/db/command';
import { inTransaction, type PoolClient } from '@bangfu/service-kit/db/pool';
import { prismaTransactions } from '@bangfu/service-kit/db/prisma';
import type { ServiceKit } from '@bangfu/service-kit/service';
import { pgSql } from '@bangfu/events/sql';
import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts';

/** A transaction of this service's own typed client. */
export type Tx = Prisma.TransactionClient;

/** The kit together with this service's database client; what every feature is built from. */
export interface Industry extends ServiceKit {
  readonly prisma: PrismaClient;
  readonly transaction: OpenTransaction<Tx>;
  /** For lists and money: set-based SQL on a plain connection, where rows do not pass through the typed client. */
  readonly bulk: OpenTransaction<PoolClient>;
}

/** Opens the service's client on its database. */
export function withClient(kit: ServiceKit): Industry {
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: kit.databaseUrl, max: 10 }) });
  return {
    ...kit,
    prisma,
    transaction: prismaTransactions<Tx>(prisma, kit.afterCommit),
    bulk: async (work) => {
      const result = await inTransaction(kit.pool, (client) => work(client, pgSql(client)));
      kit.afterCommit();
      return result;
    },
  };
}
