import { prismaSql, type Sql } from '@bangfu/data/sql';
import { keyedHash } from '../secrets/keyed-hash.ts';
import type { Cipher } from '../secrets/cipher.ts';
import type { OpenTransaction } from './command.ts';

/** The part of a generated Prisma transaction client the kit needs; the kit knows no generated client. */
interface RawQuery {
  $queryRawUnsafe<R>(text: string, ...params: unknown[]): Promise<R>;
}

interface PrismaLike<Tx extends RawQuery> {
  $transaction<T>(work: (tx: Tx) => Promise<T>, options: { maxWait: number; timeout: number }): Promise<T>;
}

/** Opens the service's transactions on its Prisma client; `afterCommit` wakes whoever waits for what was committed. */
export function prismaTransactions<Tx extends RawQuery>(
  prisma: PrismaLike<Tx>,
  { cipher, afterCommit }: { readonly cipher: Cipher; readonly afterCommit: () => void },
): OpenTransaction<Tx> {
  const open = async <T>(work: (tx: Tx, sql: Sql) => Promise<T>) => {
    const result = await prisma.$transaction((tx) => work(tx, prismaSql(tx)), { maxWait: 10_000, timeout: 60_000 });
    afterCommit();
    return result;
  };
  return Object.assign(open, { keyHash: keyedHash(cipher, 'request') });
}
