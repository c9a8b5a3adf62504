import { createPrivateKey, type KeyObject } from 'node:crypto';
import { sha256 } from '@bangfu/platform/audit/hash';
import { fingerprintOf } from '@bangfu/verifier/signed-file';

/** What stands before the 32 bytes of an Ed25519 private key in PKCS 8 (RFC 8410). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The evaluator's key of a demo: made from a text that anybody can read here, so that whoever tries the demo can sign
 * for its evaluations. It protects nothing, and no real evaluation has it.
 */
export const DEMO_EVALUATOR_KEY: KeyObject = createPrivateKey({
  key: Buffer.concat([PKCS8_HEAD, sha256(Buffer.from('bangfu demo evaluator'))]),
  format: 'der',
  type: 'pkcs8',
});

/** The key as the demo registers it. */
export const DEMO_SIGNER = { fingerprint: fingerprintOf(DEMO_EVALUATOR_KEY), holder: '第三方评估员' };
