import { instantOf } from '@bangfu/data/instant';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { CorrectedHousehold, CorrectionCase } from '@bangfu/domain/industry/line-steps';
import { fen } from '@bangfu/domain/shared/money';
import { policyBasis } from '@bangfu/platform/policy/policy-basis';
import { type Expression, expressionBuilder, type SqlBool } from 'kysely';
import { jsonObjectFrom } from 'kysely/helpers/postgres';
import type { Tables } from '../../operations.ts';
import type { DeclarationRow } from '../declarations/declaration.repository.ts';
import { type LineRow, paymentLines, toPaymentLine } from './line.repository.ts';

/** Whether a correction of a line waits for its decision. */
export const correctionWaits = (lineId: Expression<string>): Expression<SqlBool> => {
  const eb = expressionBuilder<Tables>();
  return eb.exists(
    eb
      .selectFrom('dividend_correction as o')
      .where('o.line_id', '=', lineId)
      .where('o.state', '=', 'proposed')
      .select('o.id'),
  );
};

/** A household's part in the correction of a line of a declaration. */
interface Part {
  readonly declarationId: Expression<string>;
  readonly householdNumber: Expression<string>;
  readonly lineId: Expression<string>;
}

/** Whether a household is of a declaration's contract. */
const isOfContract = (read: ReadSql<Tables>, { declarationId, householdNumber }: Part) =>
  expressionBuilder<Tables>()
    .exists(
      read
        .selectFrom('contract_household as m')
        .innerJoin('declaration as x', 'x.contract_id', 'm.contract_id')
        .where('x.id', '=', declarationId)
        .where('m.household_number', '=', householdNumber)
        .select('m.household_id'),
    )
    .$castTo<boolean>();

/** The line that a household has of a declaration besides the one that is corrected. */
const otherLines = (read: ReadSql<Tables>, { declarationId, householdNumber, lineId }: Part) =>
  paymentLines(read)
    .where('l.declaration_id', '=', declarationId)
    .where('l.household_number', '=', householdNumber)
    .where('l.counts', '=', true)
    .where('l.id', '<>', lineId);

const otherCorrectionOpen = (read: ReadSql<Tables>, part: Part) =>
  expressionBuilder<Tables>()
    .exists(otherLines(read, part).where((eb) => correctionWaits(eb.ref('l.id'))))
    .$castTo<boolean>();

/** Corrections `c` with their line `l` as it is now and the household that they would pay, in the order of proposal. */
export const corrections = (read: ReadSql<Tables>) =>
  read
    .selectFrom('dividend_correction as c')
    .innerJoin('dividend_line as l', 'l.id', 'c.line_id')
    .orderBy('c.id')
    .select(['c.id', 'c.declaration_id as declarationId', 'c.line_id as lineId', 'l.line_number as lineNumber'])
    .select(['l.household_number as householdNumber', 'l.head_name as headName', 'l.amount_fen as amountFen'])
    .select(['c.new_household_number as newHouseholdNumber', 'c.new_amount_fen as newAmountFen'])
    .select(['c.left_fen as leftFen', 'c.higher_hand as higherHand', 'c.reason', 'c.made_by_id as madeById'])
    .select(['c.made_by as madeBy', 'c.state', 'c.checked_by as checkedBy'])
    .select((eb) => {
      const part = {
        declarationId: eb.ref('c.declaration_id'),
        householdNumber: eb.ref('c.new_household_number'),
        lineId: eb.ref('c.line_id'),
      };
      return [
        instantOf(eb.ref('c.made_at')).as('madeAt'),
        policyBasis(eb.ref('c.policy_id')).as('basis'),
        jsonObjectFrom(paymentLines(read).where('l.id', '=', part.lineId))
          .$notNull()
          .as('line'),
        isOfContract(read, part).as('isOfContract'),
        jsonObjectFrom(otherLines(read, part)).as('otherLine'),
        otherCorrectionOpen(read, part).as('otherCorrectionOpen'),
      ];
    });

/** A correction with what its decision needs besides what is shown. */
export type CorrectionRow = Awaited<ReturnType<ReturnType<typeof corrections>['executeTakeFirstOrThrow']>>;

/** The correction of a line that waits for its decision. */
export const openCorrection = (read: ReadSql<Tables>, lineId: string) =>
  corrections(read).where('c.line_id', '=', lineId).where('c.state', '=', 'proposed').executeTakeFirst();

const toHousehold = (
  householdNumber: string,
  facts: Pick<CorrectionRow, 'isOfContract' | 'otherLine' | 'otherCorrectionOpen'>,
  own: string,
): CorrectedHousehold => ({
  householdNumber,
  isOfContract: facts.isOfContract,
  otherCorrectionOpen: facts.otherCorrectionOpen,
  // A reversed line of the household itself is no other line.
  ...(facts.otherLine && householdNumber !== own && { otherLine: toPaymentLine(facts.otherLine) }),
});

/** What a correction of a line to a household's favour meets. */
export async function correctedHousehold(
  read: ReadSql<Tables>,
  line: LineRow,
  householdNumber: string,
): Promise<CorrectedHousehold> {
  const found = await read
    .selectNoFrom((eb) => {
      const part = {
        declarationId: eb.cast<string>(eb.val(line.declarationId), 'uuid'),
        householdNumber: eb.val(householdNumber),
        lineId: eb.cast<string>(eb.val(line.id), 'uuid'),
      };
      return [
        isOfContract(read, part).as('isOfContract'),
        jsonObjectFrom(otherLines(read, part)).as('otherLine'),
        otherCorrectionOpen(read, part).as('otherCorrectionOpen'),
      ];
    })
    .executeTakeFirstOrThrow();
  return toHousehold(householdNumber, found, line.householdNumber);
}

/** A correction as its decision is made on. */
export const correctionCase = (row: CorrectionRow, declaration: DeclarationRow): CorrectionCase => ({
  state: row.state,
  madeBy: row.madeById,
  status: declaration.status,
  line: toPaymentLine(row.line),
  household: toHousehold(row.newHouseholdNumber, row, row.line.householdNumber),
  amountFen: fen(row.newAmountFen),
  leftFen: fen(row.leftFen),
  totalFen: declaration.totalFen,
});
