import { MOST_FOR_A_CONTRACT, MOST_FOR_A_HOUSEHOLD } from '@bangfu/domain/shared/bounds';
import { EARLIEST_DAY, LATEST_DAY } from '@bangfu/domain/shared/day-bounds';
import { normaliseNumber } from '@bangfu/domain/shared/normalise';
import { z } from 'zod';

/* What is taken in has bounds by its meaning; what is answered is as it was stored. */

/** Money of one household that is taken in: a stake, a line, what it says it received. */
export const HouseholdFen = z.int().min(0).max(MOST_FOR_A_HOUSEHOLD);
/** Money of a whole contract or declaration that is taken in. */
export const ContractFen = z.int().min(0).max(MOST_FOR_A_CONTRACT);
/** A day that is taken in; what it may be by its meaning is the rule of its command. */
export const DayInput = z.iso
  .date()
  .refine((day) => day >= EARLIEST_DAY && day <= LATEST_DAY, { params: { bound: 'day' } })
  .meta({ formatMinimum: EARLIEST_DAY, formatMaximum: LATEST_DAY });
/** A year that is taken in. */
export const YearInput = z.coerce.number().int().min(1900).max(2100);
/** Said by who was asked whether an unusual day is meant (DAY_UNUSUAL). */
export const SureOfDays = z.boolean().default(false);
/** An instant that is taken in. */
export const InstantInput = z.iso
  .datetime()
  .refine((at) => at.slice(0, 10) >= EARLIEST_DAY && at.slice(0, 10) <= LATEST_DAY, { params: { bound: 'day' } });
/** A row of a sheet or a place in a list that is named. */
export const RowNumber = z.int().min(1).max(2_000_000);
/** People who were there or voted. */
export const Voters = z.int().min(0).max(100_000);
/** A household's number however it is typed: width, blanks and invisible signs do not count. */
export const HouseholdNumber = z.string().max(60).overwrite(normaliseNumber).min(1).max(40);
