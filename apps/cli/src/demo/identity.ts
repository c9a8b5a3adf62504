import { checkDigit, type Sex } from '@bangfu/domain/shared/id-number';
import type { Dice } from './dice.ts';

const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** The days of a common year as MMDD; a leap day is never drawn. */
const DAYS = DAYS_OF_MONTH.flatMap((days, month) =>
  Array.from({ length: days }, (_, day) => String(month + 1).padStart(2, '0') + String(day + 1).padStart(2, '0')),
);
/** Sequence numbers a day has for each sex: the 17th digit is odd for men, even for women. */
const A_DAY = 500;
/** Prime to A_DAY, so that stepping by it visits every number once and neighbours do not follow each other. */
const STEP = 271;

/** Issues ID numbers of a county, none twice. Memory grows with the years in use, not with the persons. */
export type IssueIdNumber = (birthYear: number, sex: Sex, dice: Dice) => string;

/** Makes an issuer for a county's six digits. @throws RangeError (on use) when a year has no number left. */
export function idNumberIssuer(countyPrefix: string): IssueIdNumber {
  const issued = new Map<number, Uint16Array>();
  return (birthYear, sex, dice) => {
    const key = birthYear * 2 + (sex === 'male' ? 1 : 0);
    const counts = issued.get(key) ?? new Uint16Array(DAYS.length);
    issued.set(key, counts);
    const first = dice.int(0, DAYS.length - 1);
    for (let i = 0; i < DAYS.length; i++) {
      const day = (first + i) % DAYS.length;
      const nth = counts[day] ?? 0;
      if (nth < A_DAY) {
        counts[day] = nth + 1;
        const sequence = ((nth * STEP + day * 37 + birthYear) % A_DAY) * 2 + (sex === 'male' ? 1 : 0);
        const number = `${countyPrefix}${birthYear}${DAYS[day]}${String(sequence).padStart(3, '0')}`;
        return number + checkDigit(number);
      }
    }
    throw new RangeError(`no ID number left for ${birthYear}`);
  };
}
