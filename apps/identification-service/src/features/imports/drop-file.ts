import type { Identification } from '../../db/client.ts';

/**
 * Deletes a stored roster that no import needs any more: files are shared by content, so one that waits, is being
 * written or was committed keeps it.
 */
export async function dropFile(service: Pick<Identification, 'pool' | 'files'>, sha256: string): Promise<void> {
  const { rows } = await service.pool.query(
    `SELECT 1 FROM roster_import WHERE file_sha256 = $1 AND state NOT IN ('discarded', 'failed') LIMIT 1`,
    [sha256],
  );
  if (rows.length === 0) await service.files.delete(sha256);
}
