import { sealedColumn } from '@bangfu/platform/secrets/cipher';
import type { HashColumn } from '@bangfu/platform/secrets/keyed-hash';

/** What a visit was sent as, to know it again. */
export const VISIT_HASH: HashColumn = { table: 'visit', column: 'content_hash', purpose: 'visit' };

/** Telephone of a cadre. */
export const CADRE_PHONE = sealedColumn('cadre', 'phone_sealed');
/** Where a visit was made, "latitude,longitude". */
export const VISIT_POSITION = sealedColumn('visit', 'position_sealed');
