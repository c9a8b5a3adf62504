import { MOST_FOR_A_CONTRACT, MOST_FOR_A_HOUSEHOLD } from '@bangfu/domain/shared/bounds';
import { EARLIEST_DAY, LATEST_DAY } from '@bangfu/domain/shared/day-bounds';
import { normaliseNumber } from '@bangfu/domain/shared/normalise';
import { z } from 'zod';
import { SHAPE_WORDS } from './strict.ts';

/* Inputs have bounds by their meaning; answers show what is stored. */

/** Money of one household: a stake, a line, the amount it received. */
export const HouseholdFen = z.int().min(0).max(MOST_FOR_A_HOUSEHOLD);
/** Money of a contract or declaration. */
export const ContractFen = z.int().min(0).max(MOST_FOR_A_CONTRACT);
/** A day; the command's own rule narrows it. */
export const DayInput = z.iso
  .date()
  .refine((day) => day >= EARLIEST_DAY && day <= LATEST_DAY, { params: { bound: 'day' } })
  .meta({ formatMinimum: EARLIEST_DAY, formatMaximum: LATEST_DAY });
export const YearInput = z.coerce.number().int().min(1900).max(2100);
/** The answer to the question whether an unusual day is meant (DAY_UNUSUAL). */
export const SureOfDays = z.boolean().default(false);
export const InstantInput = z.iso
  .datetime()
  .refine((at) => at.slice(0, 10) >= EARLIEST_DAY && at.slice(0, 10) <= LATEST_DAY, { params: { bound: 'day' } });
/** A division's code in a list of many: of bounded length, so that the largest body is. */
export const RegionCodeInput = z
  .string()
  .length(12)
  .regex(/^\d{12}$/)
  .register(SHAPE_WORDS, { zh: '应为 12 位行政区划代码', en: 'must be a division code of 12 digits' });
/** A row of a sheet, or a position in a list. */
export const RowNumber = z.int().min(1).max(2_000_000);
/** People present or voting. */
export const Voters = z.int().min(0).max(100_000);
/** A household number; width, blanks and invisible signs are normalised. */
export const HouseholdNumber = z.string().max(60).overwrite(normaliseNumber).min(1).max(40);
