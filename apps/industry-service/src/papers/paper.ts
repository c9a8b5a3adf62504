import { createHash } from 'node:crypto';
import type { Sql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';

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
export async function issuePaper(sql: Sql, paper: Paper, number: string, caller: Caller, now: Date): Promise<void> {
  await sql.query(
    `INSERT INTO issued_paper (number, county_code, kind, subject_id, village_code, subject, content, content_hash, lines,
       total_fen, issued_by, issued_at)
     VALUES ($1, $2, $3, $4::uuid, $5, $6, $7::jsonb, $8, $9::int, $10::bigint, $11, $12::text::timestamptz)`,
    [
      number,
      paper.countyCode,
      paper.kind,
      paper.subjectId,
      paper.villageCode,
      paper.subject,
      JSON.stringify(paper.content),
      paper.contentHash,
      paper.lines,
      paper.totalFen,
      caller.name,
      now.toISOString(),
    ],
  );
}
