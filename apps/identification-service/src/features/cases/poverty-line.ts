import type { PolicyBasis } from '@bangfu/contracts/core/policy-basis';
import { POVERTY_LINE } from '@bangfu/contracts/identification/policies';
import { asksForLine, type CaseKind } from '@bangfu/domain/identification/policy/policy';
import { DomainError } from '@bangfu/domain/shared/errors';
import { formatYuan } from '@bangfu/domain/shared/money';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { policyVersions } from '@bangfu/platform/policy/policy-on';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { type ExpressionBuilder, sql, type SqlBool } from 'kysely';
import type { Tables } from '../../operations.ts';
import type { CaseFile } from './case.repository.ts';

/** Under this name an event's details keep why a household above the line, or without one, may qualify. */
const EXCEEDING = 'exceeding';

/** Whether a case `c` already gives the reason why its household may qualify above the line, or without one. */
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

/** A household's income held against the poverty line of a year; a year without a line has none. */
interface HeldAgainstLine {
  readonly year: number;
  /** Null: this year has no line. */
  readonly amountFen: number | null;
  readonly basis: PolicyBasis | null;
  readonly exceeded: boolean;
}

/** The poverty line of a county in the year of a day; null where that year has none. */
export async function findLine(read: ReadSql<Tables>, countyCode: string, day: BusinessDay) {
  return (await policyVersions(read, countyCode, POVERTY_LINE)).find(day);
}

/** The register's per-capita income against the line of this year. @returns null where the kind does not ask for it */
export async function againstLine(
  read: ReadSql<Tables>,
  { kind, countyCode }: { readonly kind: CaseKind; readonly countyCode: string },
  incomeFen: number | null,
  now: Date,
): Promise<HeldAgainstLine | null> {
  if (!asksForLine(kind)) return null;
  const today = businessDayOf(now);
  const line = await findLine(read, countyCode, today);
  const year = Number(today.slice(0, 4));
  if (!line) return { year, amountFen: null, basis: null, exceeded: false };
  const { id, document, paragraph, value } = line;
  const { amountFen } = value;
  return {
    year,
    amountFen,
    basis: { id, document, paragraph },
    exceeded: incomeFen !== null && incomeFen > amountFen,
  };
}

/**
 * Requires the reason why a household may qualify although the income on file exceeds the line, or although this year has
 * no line that it could be held against; unless the case has it.
 * @throws DomainError CASE_INCOME_EXCEEDS_LINE, CASE_WITHOUT_LINE
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
  if (!held || explained) return;
  const { year, amountFen, exceeded } = held;
  if (amountFen === null) throw new DomainError('CASE_WITHOUT_LINE', { year });
  if (!exceeded) return;
  throw new DomainError('CASE_INCOME_EXCEEDS_LINE', {
    income: formatYuan(incomeFen ?? 0),
    line: formatYuan(amountFen),
    year,
  });
}

/** The reason as an event's details keep it. */
export const exceedingDetails = (reason: string | undefined): Record<string, string> =>
  reason ? { [EXCEEDING]: reason } : {};
