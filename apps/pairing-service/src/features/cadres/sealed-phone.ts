import type { Cipher } from '@bangfu/platform/secrets/cipher';
import { CADRE_PHONE } from '../../db/sealed.ts';

/** The columns of a cadre's phone number: sealed, and as an index that finds an equal one. */
export function sealedPhone(cipher: Cipher, cadreId: string, phone: string | null) {
  if (phone === null) return { phone_sealed: null, phone_index: null };
  return { phone_sealed: cipher.seal(CADRE_PHONE, cadreId, phone), phone_index: cipher.index('phone', phone) };
}
