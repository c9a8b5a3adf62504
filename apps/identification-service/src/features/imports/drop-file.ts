import type { ServiceKit } from '@bangfu/platform/service';
import { readOwn } from '../../operations.ts';

/**
 * Deletes a stored roster that no import needs any more: files are shared by content, so one that waits, is being
 * written or was committed keeps it.
 */
export async function dropFile(kit: Pick<ServiceKit, 'pool' | 'files'>, sha256: string): Promise<void> {
  const needed = await readOwn(kit)
    .selectFrom('roster_import')
    .where('file_sha256', '=', sha256)
    .where('state', 'not in', ['discarded', 'failed'])
    .limit(1)
    .select('id')
    .execute();
  if (needed.length === 0) await kit.files.delete(sha256);
}
