import { confirmGrant } from './confirm-grant/confirm-grant.ts';
import { confirmReset } from './confirm-reset/confirm-reset.ts';
import { countRegionGrants } from './count-region-grants/count-region-grants.ts';
import { createAccount } from './create-account/create-account.ts';
import { disableAccount } from './disable-account/disable-account.ts';
import { enableAccount } from './enable-account/enable-account.ts';
import { endAccountSession } from './end-account-session/end-account-session.ts';
import { endAccountSignIns } from './end-account-sign-ins/end-account-sign-ins.ts';
import { giveGrant } from './give-grant/give-grant.ts';
import { listAccountSignIns } from './list-account-sign-ins/list-account-sign-ins.ts';
import { listAccounts } from './list-accounts/list-accounts.ts';
import { listProposedGrants } from './list-proposed-grants/list-proposed-grants.ts';
import { resetPassword } from './reset-password/reset-password.ts';
import { unlockAccount } from './unlock-account/unlock-account.ts';
import { withdrawAccountKey } from './withdraw-account-key/withdraw-account-key.ts';
import { withdrawGrant } from './withdraw-grant/withdraw-grant.ts';
import { withdrawReset } from './withdraw-reset/withdraw-reset.ts';

/** Accounts, their grants, how they can be used, and what they are signed in by. */
export default [
  createAccount,
  listAccounts,
  listProposedGrants,
  confirmGrant,
  giveGrant,
  withdrawGrant,
  disableAccount,
  enableAccount,
  resetPassword,
  confirmReset,
  withdrawReset,
  unlockAccount,
  listAccountSignIns,
  endAccountSignIns,
  endAccountSession,
  withdrawAccountKey,
  countRegionGrants,
];
