import type { Grant } from '@bangfu/domain/shared/roles';
import { errors, importJWK, jwtVerify, SignJWT } from 'jose';

/** Who stands behind a call, as the gateway signs it. Never lists of households (architecture, decision 3). */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly countyCode: string;
  readonly grants: readonly Grant[];
  /** The gateway asking for itself, where nobody is signed in yet; no account has this. */
  readonly isGateway?: true;
}

/** What our tokens carry beside the registered claims. */
interface Claims {
  readonly name: string;
  readonly county: string;
  readonly grants: Grant[];
  readonly gateway?: true;
}

/** The one signature we make, and so the one we take, whatever a token's own header asks for. */
const ALGORITHM = 'EdDSA';

const ISSUER = 'bangfu-gateway';
const AUDIENCE = 'bangfu-services';

/** Signs tokens of at most five minutes with the gateway's private key (Ed25519 JWK). */
export async function tokenSigner(privateJwk: string): Promise<(account: Account, now: Date) => Promise<string>> {
  const key = await importJWK(JSON.parse(privateJwk), ALGORITHM);
  return (account, now) => {
    const seconds = Math.floor(now.getTime() / 1000);
    const { name, countyCode: county, grants, isGateway } = account;
    return new SignJWT({ name, county, grants, ...(isGateway ? { gateway: true } : {}) })
      .setProtectedHeader({ alg: ALGORITHM })
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
  const key = await importJWK(JSON.parse(publicJwk), ALGORITHM);
  return async (token, now) => {
    if (!token) return null;
    try {
      const { payload } = await jwtVerify<Claims>(token, key, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ['sub', 'exp'],
        currentDate: now,
      });
      return {
        id: payload.sub ?? '',
        name: payload.name,
        countyCode: payload.county,
        grants: payload.grants,
        ...(payload.gateway === true ? { isGateway: true as const } : {}),
      };
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  };
}
