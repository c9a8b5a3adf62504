import { Readable } from 'node:stream';
import type { ListOrder } from '@bangfu/platform/jobs/list-job';
import type { ServiceKit } from '@bangfu/platform/service';
import type { ListOptions } from '@bangfu/platform/spreadsheet/read-list';

export const MAX_LIST_BYTES = 40 * 1024 * 1024;
const MAX_ROWS = 200_000;
/** How a list is read. */
export const LIST_OPTIONS: ListOptions = { mostRows: MAX_ROWS, limits: { rows: MAX_ROWS } };

/** Puts a list's text in the store while its command is carried out, as the demo has it. */
export async function withListFile<Asked, Result>(
  { files }: Pick<ServiceKit, 'files'>,
  text: string,
  { asked, name }: Pick<ListOrder<Asked>, 'asked' | 'name'>,
  work: (order: ListOrder<Asked>) => Promise<Result>,
): Promise<Result> {
  const file = await files.put(Readable.from([Buffer.from(text)]), MAX_LIST_BYTES);
  try {
    return await work({ asked, name, file, language: 'zh' });
  } finally {
    await files.delete(file.sha256);
  }
}
