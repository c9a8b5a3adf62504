import { createHash } from 'node:crypto';
import type { Transaction } from '@bangfu/data/typed-sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import type { Tables } from '../operations.ts';

/** Crockford's letters: none that is read for another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const PREFIX = { 'income-statement': 'DZ', 'dividend-list': 'FH' } as const;

/** A paper whose number anyone can verify. */
export interface Paper {
  readonly kind: keyof typeof PREFIX;
  /** The household or the declaration it speaks of, and the village whose people may print it again. */
  readonly subjectId: string;
  readonly villageCode: string;
  readonly countyCode: string;
  /** What the public page says it is; names nobody in full. */
  readonly subject: string;
  readonly content: unknown;
  readonly contentHash: string;
  readonly lines: number;
  readonly totalFen: number;
}

/** A number of 60 random bits, so that none can be guessed: DZ-7K2M-9Q4T-X1VB. `randomId` is a fresh UUIDv7. */
export function paperNumber(kind: Paper['kind'], randomId: string): string {
  const bits = createHash('sha256').update(randomId).digest().readBigUInt64BE(0);
  const letters = Array.from({ length: 12 }, (_, i) => LETTERS[Number((bits >> BigInt(5 * i)) & 31n)]).join('');
  return [PREFIX[kind], letters.slice(0, 4), letters.slice(4, 8), letters.slice(8)].join('-');
}

/** Issues a paper in the transaction of the act it belongs to; papers are never changed. */
export async function issuePaper(
  { sql }: Pick<Transaction<Tables>, 'sql'>,
  paper: Paper,
  number: string,
  caller: Caller,
  now: Date,
): Promise<void> {
  await sql
    .insertInto('issued_paper')
    .values({
      number,
      county_code: paper.countyCode,
      kind: paper.kind,
      subject_id: paper.subjectId,
      village_code: paper.villageCode,
      subject: paper.subject,
      content: JSON.stringify(paper.content),
      content_hash: paper.contentHash,
      lines: paper.lines,
      total_fen: paper.totalFen,
      issued_by: caller.name,
      issued_at: now,
    })
    .execute();
}
