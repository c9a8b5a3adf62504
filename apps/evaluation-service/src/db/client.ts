import type { OpenTransaction } from '@bangfu/platform/db/command';
import { prismaTransactions } from '@bangfu/platform/db/prisma';
import type { ServiceKit } from '@bangfu/platform/service';
import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts';

/** A transaction of this service's own typed client. */
export type Tx = Prisma.TransactionClient;

/** The kit together with this service's database client; what every feature is built from. */
export interface Evaluation extends ServiceKit {
  readonly prisma: PrismaClient;
  readonly transaction: OpenTransaction<Tx>;
}

/** Opens the service's client on its database. */
export function withClient(kit: ServiceKit): Evaluation {
  const prisma = new PrismaClient({ adapter: new PrismaPg(kit.ormPool) });
  return { ...kit, prisma, transaction: prismaTransactions<Tx>(prisma, kit) };
}
