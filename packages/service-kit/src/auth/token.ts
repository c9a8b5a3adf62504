import type { Grant } from '@bangfu/domain/shared/roles';
import { errors, importJWK, jwtVerify, SignJWT } from 'jose';

/** Who stands behind a call, as the gateway signs it. Never lists of households (architecture, decision 3). */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly countyCode: string;
  readonly grants: readonly Grant[];
}

/** What our tokens carry beside the registered claims. */
interface Claims {
  readonly name: string;
  readonly county: string;
  readonly grants: Grant[];
}

const ISSUER = 'bangfu-gateway';
const AUDIENCE = 'bangfu-services';

/** Signs tokens of at most five minutes with the gateway's private key (Ed25519 JWK). */
export async function tokenSigner(privateJwk: string): Promise<(account: Account, now: Date) => Promise<string>> {
  const key = await importJWK(JSON.parse(privateJwk), 'EdDSA');
  return (account, now) => {
    const seconds = Math.floor(now.getTime() / 1000);
    return new SignJWT({ name: account.name, county: account.countyCode, grants: account.grants })
      .setProtectedHeader({ alg: 'EdDSA' })
      .setSubject(account.id)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + 300)
      .sign(key);
  };
}

/** Checks tokens with the gateway's public key. Answers null for a missing, expired or foreign one. */
export async function tokenVerifier(
  publicJwk: string,
): Promise<(token: string | undefined, now: Date) => Promise<Account | null>> {
  const key = await importJWK(JSON.parse(publicJwk), 'EdDSA');
  return async (token, now) => {
    if (!token) return null;
    try {
      const { payload } = await jwtVerify<Claims>(token, key, { issuer: ISSUER, audience: AUDIENCE, currentDate: now });
      return {
        id: payload.sub ?? '',
        name: payload.name,
        countyCode: payload.county,
        grants: payload.grants,
      };
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  };
}
