import { sealedColumn } from '@bangfu/platform/secrets/cipher';

/** The code of a participant's slip. */
export const SLIP_CODE = sealedColumn('satisfaction_slip', 'code_sealed');
