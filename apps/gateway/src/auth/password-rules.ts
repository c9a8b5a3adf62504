import { demand } from '@bangfu/domain/shared/errors';

/** Distinct characters below which a password is a pattern, not a secret. */
const DISTINCT = 5;

/** Refuses a password that is easily guessed from the account; its length is the contract's matter. @throws DomainError */
export function checkPassword(password: string, username: string): void {
  const lower = password.toLowerCase();
  demand(!lower.includes(username.toLowerCase()) && new Set(lower).size >= DISTINCT, 'PASSWORD_TOO_SIMPLE');
}
