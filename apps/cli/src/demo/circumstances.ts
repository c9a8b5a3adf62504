import type { Cause, HouseholdCategory, PovertyStatus } from '@bangfu/domain/identification/roster/dictionaries';
import { type Dice, type Weights, weights } from './dice.ts';

/**
 * Households registered or exited among all: 17 000 of 160 000, a county as the sources describe them.
 */
export const SUBJECT_SHARE = 17_000 / 160_000;

/** Of the registered: the sources' town and two villages count 188 of 285 exited; a few fell back. */
const STATUS: Weights<PovertyStatus> = weights(['exited', 66], ['poor', 32], ['returned', 2]);

/** Households by cause as one township and two villages of the sources count them; the rest of the twelve are rare. */
const CAUSE: Weights<Cause> = weights(
  ['illness', 292],
  ['disability', 83],
  ['no-labour', 29],
  ['no-skill', 19],
  ['no-capital', 17],
  ['schooling', 12],
  ['low-motivation', 1],
  ['disaster', 0.8],
  ['no-land', 0.8],
  ['no-water', 0.8],
  ['poor-transport', 0.8],
  ['other', 0.8],
);

const WITHOUT_ABLE: Weights<HouseholdCategory> = weights(
  ['extreme-hardship', 28],
  ['low-income-allowance', 50],
  ['general-poor', 22],
);
const WITH_ABLE: Weights<HouseholdCategory> = weights(['low-income-allowance', 30], ['general-poor', 70]);

/** The standing of a registered household. */
export function povertyStatus(dice: Dice): PovertyStatus {
  return dice.draw(STATUS);
}

export function mainCause(dice: Dice): Cause {
  return dice.draw(CAUSE);
}

/** Extreme hardship is only for families without an able hand. */
export function householdCategory(hasAbleHand: boolean, dice: Dice): HouseholdCategory {
  return dice.draw(hasAbleHand ? WITH_ABLE : WITHOUT_ABLE);
}

/** The monitoring line the incomes lie around (domain §3, the default). */
const LINE_FEN = 730_000;

const between = (dice: Dice, from: number, to: number) => from + Math.floor(dice.share() * (to - from));

/** Per-capita net income in fen: around the line, with a few on the wrong side of it for the screening to find. */
export function perCapitaFen(status: PovertyStatus | null, dice: Dice): number {
  const odd = dice.share();
  if (status === 'poor')
    return odd < 0.05 ? between(dice, LINE_FEN + 20_000, 1_100_000) : between(dice, 220_000, 725_000);
  if (status === 'returned') return between(dice, 260_000, 700_000);
  if (status === 'exited') {
    if (odd < 0.025) return between(dice, 520_000, LINE_FEN);
    return LINE_FEN + 10_000 + Math.floor(1_100_000 * dice.share() ** 1.5);
  }
  if (odd < 0.008) return between(dice, 380_000, LINE_FEN);
  return 850_000 + Math.floor(2_400_000 * dice.share() ** 2);
}
