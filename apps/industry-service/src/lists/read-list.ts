import { Readable } from 'node:stream';
import type { Actor } from '@bangfu/platform/db/command';
import type { JobHandler } from '@bangfu/platform/jobs/job';
import { listJob, type ListOrder, readListIn } from '@bangfu/platform/jobs/list-job';
import type { ServiceKit } from '@bangfu/platform/service';
import type { ListColumn } from '@bangfu/platform/spreadsheet/list-header';
import { type ListOptions, type ReadList, readList } from '@bangfu/platform/spreadsheet/read-list';
import type { Industry } from '../db/client.ts';

export const MAX_LIST_BYTES = 40 * 1024 * 1024;
const MAX_ROWS = 200_000;
/** How a list is read. */
export const LIST_OPTIONS: ListOptions = { mostRows: MAX_ROWS, limits: { rows: MAX_ROWS } };

/** A list that was read, and where it came from. */
export interface BroughtList<Asked, Key extends string> {
  readonly order: ListOrder<Asked>;
  readonly list: ReadList<Key>;
}

/** The job of a list with these columns: it is read, then taken in one transaction. */
export function industryList<Asked, Key extends string, Result>(
  service: Industry,
  columns: readonly ListColumn<Key>[],
  take: (service: Industry, actor: Actor, brought: BroughtList<Asked, Key>) => Promise<Result>,
): JobHandler {
  return listJob<Asked, ReadList<Key>, Result>(service, {
    read: (path, _order, run) => readListIn(run, path, columns, LIST_OPTIONS),
    take: (actor, list, order) => take(service, actor, { list, order }),
  });
}

/** Reads a list from its text, as the demo has it. */
export async function readText<Asked, Key extends string>(
  service: Pick<Industry, 'files'>,
  text: string,
  columns: readonly ListColumn<Key>[],
  { asked, name }: Pick<ListOrder<Asked>, 'asked' | 'name'>,
): Promise<BroughtList<Asked, Key>> {
  const file = await service.files.put(Readable.from([Buffer.from(text)]), MAX_LIST_BYTES);
  const list = await service.files.withPlainCopy(file.sha256, (path) => readList(path, columns, LIST_OPTIONS));
  await service.files.delete(file.sha256);
  return { list, order: { asked, name, file, language: 'zh' } };
}

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
