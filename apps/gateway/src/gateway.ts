import type { Cipher } from '@bangfu/platform/secrets/cipher';
import type { Grant } from '@bangfu/domain/shared/roles';
import type { Account } from '@bangfu/platform/auth/token';
import type { OperationKit } from '@bangfu/platform/operation/operation';
import type { makeLog } from '@bangfu/platform/logging/log';
import type { Kysely } from 'kysely';
import type { csrfTokens, Identities } from './auth/identity.ts';
import type { Limits } from './auth/limits.ts';
import type { SignInLibrary } from './auth/sign-in-library.ts';
import type { DB } from './generated/tables.ts';
import type { Services } from './services/ask.ts';

export type Log = ReturnType<typeof makeLog>;

/** What the gateway's features are built from. */
export interface Gateway extends OperationKit {
  /** The gateway's tables outside of a transaction. */
  readonly sql: Kysely<DB>;
  readonly log: Log;
  readonly cipher: Cipher;
  readonly countyCode: string;
  /** The county's own name, from the read copy of the divisions; a general word until it has arrived. */
  readonly countyName: () => Promise<string>;
  readonly library: SignInLibrary;
  readonly identities: Identities;
  readonly csrf: ReturnType<typeof csrfTokens>;
  readonly limits: Limits;
  readonly services: Services;
  /** By which the gateway asks a service for itself, where nobody is signed in yet; it opens what names the gateway. */
  readonly gatewayToken: () => Promise<string>;
  /** For a call on behalf of somebody with fewer or narrower grants than he has. */
  readonly tokenFor: (account: Account, grants: readonly Grant[]) => Promise<string>;
  /** A keyed digest of something that must not be guessed from what is kept of it. */
  readonly conceal: (text: string) => string;
}
