import type { Provider } from '@bangfu/contracts/training/providers';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Tx } from '../../db/client.ts';
import type { Prisma } from '../../generated/prisma/client.ts';

const WITH_CLASSES = { _count: { select: { classes: true } } } as const;
type Row = Prisma.ProviderGetPayload<{ include: typeof WITH_CLASSES }>;

/** A provider as the contract shows it. */
export function shown({ id, name, contact, note, active, version, _count }: Row): Provider {
  return { id, name, contact, note, active, version, classes: _count.classes };
}

/** A provider of the county. @throws Refusal 404 */
export async function getProvider(tx: Pick<Tx, 'provider'>, countyCode: string, id: string): Promise<Row> {
  const row = await tx.provider.findFirst({ where: { id, countyCode }, include: WITH_CLASSES });
  if (!row) throw notFound();
  return row;
}
