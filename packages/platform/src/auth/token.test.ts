import { generateKeyPairSync } from 'node:crypto';
import { importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Account, tokenSigner, tokenVerifier } from './token.ts';

const NOW = new Date('2026-12-01T00:00:00Z');
const ACCOUNT: Account = { id: 'a', name: '某人', countyCode: '990101000000', grants: [] };
const jwk = (key: { export(options: { format: 'jwk' }): object }) => JSON.stringify(key.export({ format: 'jwk' }));

const pair = generateKeyPairSync('ed25519');
const other = generateKeyPairSync('ed25519');
let verify: Awaited<ReturnType<typeof tokenVerifier>>;

/** A token of the right key with some of its parts left out or changed. */
async function forged(parts: { alg?: string; exp?: number | null; sub?: string | null; iss?: string; aud?: string }) {
  const key = await importJWK(pair.privateKey.export({ format: 'jwk' }), 'EdDSA');
  const seconds = NOW.getTime() / 1000;
  const token = new SignJWT({ name: '某人', county: '990101000000', grants: [] })
    .setProtectedHeader({ alg: parts.alg ?? 'EdDSA' })
    .setIssuer(parts.iss ?? 'bangfu-gateway')
    .setAudience(parts.aud ?? 'bangfu-services');
  if (parts.exp !== null) token.setExpirationTime(parts.exp ?? seconds + 300);
  if (parts.sub !== null) token.setSubject(parts.sub ?? 'a');
  return token.sign(key);
}

beforeAll(async () => {
  verify = await tokenVerifier(jwk(pair.publicKey));
});

describe('tokens between gateway and services', () => {
  it('given one of ours, then it is who the gateway said, for five minutes', async () => {
    const sign = await tokenSigner(jwk(pair.privateKey));
    expect(await verify(await sign(ACCOUNT, NOW), NOW)).toEqual(ACCOUNT);
    expect(await verify(await sign({ ...ACCOUNT, isGateway: true }, NOW), NOW)).toEqual({
      ...ACCOUNT,
      isGateway: true,
    });
    expect(await verify(await sign(ACCOUNT, NOW), new Date(NOW.getTime() + 301_000))).toBeNull();
  });

  it('given one without an end, a subject, or for somebody else, then it is nobody’s', async () => {
    expect(await verify(await forged({}), NOW)).toEqual(ACCOUNT);
    for (const parts of [{ exp: null }, { sub: null }, { iss: 'x' }, { aud: 'x' }, { exp: NOW.getTime() / 1000 - 1 }]) {
      expect(await verify(await forged(parts), NOW), JSON.stringify(parts)).toBeNull();
    }
  });

  it('given another key, no signature, or another algorithm, then it is nobody’s', async () => {
    const foreign = await tokenSigner(jwk(other.privateKey));
    expect(await verify(await foreign(ACCOUNT, NOW), NOW)).toBeNull();
    const unsigned = new UnsecuredJWT({ name: '某人', county: '', grants: [] })
      .setSubject('a')
      .setIssuer('bangfu-gateway')
      .setAudience('bangfu-services')
      .setExpirationTime(NOW.getTime() / 1000 + 300)
      .encode();
    expect(await verify(unsigned, NOW)).toBeNull();
    // The public key is no secret: taken as one for a symmetric signature it must open nothing.
    const symmetric = await new SignJWT({ name: '某人', county: '', grants: [] })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('a')
      .setIssuer('bangfu-gateway')
      .setAudience('bangfu-services')
      .setExpirationTime(NOW.getTime() / 1000 + 300)
      .sign(new TextEncoder().encode(jwk(pair.publicKey)));
    expect(await verify(symmetric, NOW)).toBeNull();
    // Ed25519 by its newer name is the same signature; it is not the one we make.
    expect(await verify(await forged({ alg: 'Ed25519' }), NOW)).toBeNull();
  });
});
