import type { Gateway } from '../../../gateway.ts';

/** The keys of an account, the newest first, withdrawn ones too. */
export async function listKeys(gateway: Gateway, userId: string) {
  const rows = await gateway.prisma.apiKey.findMany({
    where: { userId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  return {
    rows: rows.map((row) => ({
      id: row.id,
      name: row.name,
      createdAt: row.createdAt.toISOString(),
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
    })),
  };
}
