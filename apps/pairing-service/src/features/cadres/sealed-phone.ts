import type { Cipher } from '@bangfu/platform/secrets/cipher';
import { CADRE_PHONE } from '../../db/sealed.ts';

/** The columns of a cadre's phone number: sealed, and as an index that finds an equal one. */
export function sealedPhone(cipher: Cipher, cadreId: string, phone: string | null) {
  if (phone === null) return { phoneSealed: null, phoneIndex: null };
  return {
    phoneSealed: Uint8Array.from(cipher.seal(CADRE_PHONE, cadreId, phone)),
    phoneIndex: Uint8Array.from(cipher.index('phone', phone)),
  };
}
