import { demand } from './errors.ts';
import { isContained, needsSecond } from './grants.ts';
import type { Grant } from './roles.ts';

/** What can be done with a proposed reset of a password. */
export const PROPOSED_RESET_STEPS = ['confirm', 'withdraw'] as const;

/**
 * How an account can be used: with a password of its own, with one handed over and still good, not any more since that
 * one is too old, not until a second administrator confirms a reset, or not at all.
 */
export const ACCOUNT_STATES = ['active', 'one-time', 'expired', 'reset-proposed', 'disabled'] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

/** A password that somebody else has set or seen is good for so long. */
export const ONE_TIME_HOURS = 24;
/** A key that says nothing else ends after so many days, */
export const KEY_DAYS = 90;
/** and none lasts longer than this. */
export const KEY_MOST_DAYS = 366;

const HOUR_MS = 3_600_000;

/** When a password handed over at `now` ends. */
export const oneTimeUntil = (now: Date): Date => new Date(now.getTime() + ONE_TIME_HOURS * HOUR_MS);

/** When a key made at `now` ends. @throws DomainError KEY_ALREADY_OVER, KEY_TOO_LONG */
export function keyUntil(asked: string | undefined, now: Date): Date {
  const after = (days: number) => new Date(now.getTime() + days * 24 * HOUR_MS);
  const until = asked === undefined ? after(KEY_DAYS) : new Date(asked);
  demand(until > now, 'KEY_ALREADY_OVER');
  demand(until <= after(KEY_MOST_DAYS), 'KEY_TOO_LONG', { days: KEY_MOST_DAYS });
  return until;
}

/** What the state of an account follows from. */
export interface AccountFacts {
  readonly disabledAt: Date | null;
  readonly mustChangePassword: boolean;
  readonly oneTimeUntil: Date | null;
  readonly resetProposedAt: Date | null;
}

/** Whether the password of an account was handed over and is too old to be used. */
export const isExpired = (account: Pick<AccountFacts, 'mustChangePassword' | 'oneTimeUntil'>, now: Date): boolean =>
  account.mustChangePassword && account.oneTimeUntil !== null && account.oneTimeUntil <= now;

/** How an account can be used at a moment. */
export function accountState(account: AccountFacts, now: Date): AccountState {
  if (account.disabledAt) return 'disabled';
  if (account.resetProposedAt) return 'reset-proposed';
  if (isExpired(account, now)) return 'expired';
  return account.mustChangePassword ? 'one-time' : 'active';
}

/**
 * Whether a reset of an account's password needs a second administrator: whoever resets a password can sign in by it, so
 * for an account with a role that one administrator cannot give, one alone must not be able to take it either.
 */
export const needsSecondToReset = (grants: readonly Pick<Grant, 'role'>[]): boolean =>
  grants.some(({ role }) => needsSecond(role));

/**
 * Demands that an administrator may act on an account: it is not the own one, and none of its grants goes beyond the
 * administrator's. @throws DomainError ACCOUNT_OWN, ACCOUNT_BEYOND_OWN
 */
export function demandInReach(
  account: { readonly id: string; readonly grants: readonly Grant[] },
  administrator: { readonly id: string; readonly usable: readonly Grant[] },
  county: string,
): void {
  demand(account.id !== administrator.id, 'ACCOUNT_OWN');
  const isWithin = account.grants.every((grant) => isContained(administrator.usable, grant, county));
  demand(isWithin, 'ACCOUNT_BEYOND_OWN');
}

/** Demands another hand than the one that proposed a reset. @throws DomainError RESET_OWN_PROPOSAL */
export function demandSecondToReset(proposedBy: string, confirmerId: string): void {
  demand(proposedBy !== confirmerId, 'RESET_OWN_PROPOSAL');
}
