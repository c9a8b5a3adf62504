import type { ExpressionBuilder } from 'kysely';
import type { Tables } from '../operations.ts';

/** Whether no other return corrects `household_return r`. */
export const isUncorrected = (eb: ExpressionBuilder<Tables & { r: Tables['household_return'] }, 'r'>) =>
  eb.not(
    eb.exists(
      eb
        .selectFrom('household_return as c')
        .select('c.return_id')
        .whereRef('c.evaluation_id', '=', 'r.evaluation_id')
        .whereRef('c.corrects', '=', 'r.return_id'),
    ),
  );
