import { z } from 'zod';
import { SHAPE_WORDS } from './strict.ts';

export const Uuid = z.uuid();
export const RegionCode = z
  .string()
  .regex(/^\d{12}$/)
  .register(SHAPE_WORDS, { zh: '应为 12 位行政区划代码', en: 'must be a division code of 12 digits' });
/** Whole fen of an answer, exact in JSON. What is taken in is bounded by its meaning, see `inputs.ts`. */
export const Fen = z.int();
/** A day of an answer. */
export const Day = z.iso.date();
export const Instant = z.iso.datetime();
export const Count = z.int().nonnegative();
/** What a file is kept and asked for under: the digest of its bytes. */
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .register(SHAPE_WORDS, { zh: '应为文件的 64 位摘要', en: 'must be the digest of a file, 64 signs' });
/** The largest whole number of the column that counts them. */
const LARGEST_VERSION = 2 ** 31 - 1;
/** The version of the record the change was made on; another one now answers 409. */
export const Version = z.int().min(1).max(LARGEST_VERSION);
export const Households = z.object({ households: Count, persons: Count }).meta({ id: 'HouseholdsAndPersons' });

/** Query of every list: opaque cursor, at most 500 rows. Numbers arrive as text in an address. */
export const PageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** Rows with a value that the contract does not allow: left out of `rows`, each named with its fields. */
const Unshown = z.array(z.string()).optional();

/** Answer of every list: rows, the exact total, where the next page begins. */
export function page<T extends z.ZodType>(row: T) {
  return z.object({ rows: z.array(row), total: Count, next: z.string().nullable(), unshown: Unshown });
}

/** One thing wrong with a brought list, where the spreadsheet has it; digits are masked. */
export const ListProblem = z
  .object({
    sheet: z.string(),
    row: Count,
    column: z.string(),
    value: z.string(),
    code: z.string(),
    message: z.string(),
  })
  .meta({ id: 'ListProblem' });
export type ListProblem = z.output<typeof ListProblem>;

export const Nothing = z.null();
export const NoInput = z.object({});
/** A downloaded file; its bytes are the answer. */
export const FileAnswer = z.unknown().meta({ id: 'File' });
