import { POVERTY_LINE } from '@bangfu/contracts/identification/policies';
import { asksForLine, type CaseKind } from '@bangfu/domain/identification/policy/policy';
import { DomainError } from '@bangfu/domain/shared/errors';
import { formatYuan } from '@bangfu/domain/shared/money';
import { type BusinessDay, businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { policyVersions } from '@bangfu/platform/policy/policy-on';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { type ExpressionBuilder, sql, type SqlBool } from 'kysely';
import type { Tables } from '../../operations.ts';
import type { CaseFile } from './case.repository.ts';

/** Under this name an event's details keep why a household above the line may qualify. */
const EXCEEDING = 'exceeding';

/** Whether a case `c` says already why its household may qualify above the line. */
export const saysWhyExceeding = (eb: ExpressionBuilder<Tables & { c: Tables['case_file'] }, 'c'>) =>
  eb
    .exists(
      eb
        .selectFrom('case_event as e')
        .whereRef('e.case_id', '=', 'c.id')
        .where(({ ref }) => sql<SqlBool>`${ref('e.details')} ? ${EXCEEDING}`)
        .select('e.case_id'),
    )
    .$castTo<boolean>();

/** A household's income held against the poverty line. */
interface HeldAgainstLine {
  readonly year: number;
  readonly amountFen: number;
  readonly document: string;
  readonly isOfThisYear: boolean;
  readonly exceeded: boolean;
}

/** The poverty line of a county in the year of a day; null where that year has none. */
export async function findLine(read: ReadSql<Tables>, countyCode: string, day: BusinessDay) {
  return (await policyVersions(read, countyCode, POVERTY_LINE)).find(day);
}

/** No county has a line before this year. */
const FIRST_YEAR = 2010;

/** The last line that a county had up to a year, of which year it is: each year has one of its own, or none. */
async function lastLine(read: ReadSql<Tables>, countyCode: string, thisYear: number) {
  const versions = await policyVersions(read, countyCode, POVERTY_LINE);
  for (let year = thisYear; year >= FIRST_YEAR; year--) {
    const found = versions.find(businessDay(`${year}-12-31`));
    if (found) return { year, amountFen: found.value.amountFen, document: found.document };
  }
  return null;
}

/**
 * The register's per-capita income against the line in force: of this year, else the last one set, which names its year.
 * @returns null where the kind does not ask for it, or no line was ever set
 */
export async function againstLine(
  read: ReadSql<Tables>,
  { kind, countyCode }: { readonly kind: CaseKind; readonly countyCode: string },
  incomeFen: number | null,
  now: Date,
): Promise<HeldAgainstLine | null> {
  if (!asksForLine(kind)) return null;
  const thisYear = Number(businessDayOf(now).slice(0, 4));
  const line = await lastLine(read, countyCode, thisYear);
  if (!line) return null;
  return {
    ...line,
    isOfThisYear: line.year === thisYear,
    exceeded: incomeFen !== null && incomeFen > line.amountFen,
  };
}

/**
 * Requires the reason why a household may qualify although the income on file exceeds the line, unless the case has it.
 * @throws DomainError CASE_INCOME_EXCEEDS_LINE
 */
export async function requireExceedingReason(
  read: ReadSql<Tables>,
  file: CaseFile,
  now: Date,
  reason: string | undefined,
): Promise<void> {
  if (reason) return;
  const row = await read
    .selectFrom('case_file as c')
    .innerJoin('household as h', 'h.id', 'c.household_id')
    .where('c.id', '=', file.id)
    .select('h.per_capita_income_fen as incomeFen')
    .select((eb) => saysWhyExceeding(eb).as('explained'))
    .executeTakeFirst();
  const { incomeFen = null, explained = false } = row ?? {};
  const held = await againstLine(read, { kind: file.state.kind, countyCode: file.countyCode }, incomeFen, now);
  if (!held?.exceeded || explained) return;
  throw new DomainError('CASE_INCOME_EXCEEDS_LINE', {
    income: formatYuan(incomeFen ?? 0),
    line: formatYuan(held.amountFen),
    year: held.year,
  });
}

/** The reason as an event's details keep it. */
export const exceedingDetails = (reason: string | undefined): Record<string, string> =>
  reason ? { [EXCEEDING]: reason } : {};
