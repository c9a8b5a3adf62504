import type { Readable } from 'node:stream';
import type { StoredFile } from '@bangfu/service-kit/files/store';
import type { ListColumn } from '@bangfu/service-kit/spreadsheet/list-header';
import { type ReadList, readList } from '@bangfu/service-kit/spreadsheet/read-list';
import type { Industry } from '../db/client.ts';

const LARGEST_LIST = 40 * 1024 * 1024;
const MOST_ROWS = 200_000;

/**
 * Takes an uploaded list into the file store and reads it.
 * @throws DomainError FILE_TOO_LARGE and those of `readList`
 */
export async function takeList<Key extends string>(
  service: Pick<Industry, 'files'>,
  upload: Readable,
  columns: readonly ListColumn<Key>[],
): Promise<{ file: StoredFile; list: ReadList<Key> }> {
  const file = await service.files.put(upload, LARGEST_LIST);
  const list = await service.files.withPlainCopy(file.sha256, (path) =>
    readList(path, columns, { mostRows: MOST_ROWS, limits: { rows: MOST_ROWS } }),
  );
  return { file, list };
}
