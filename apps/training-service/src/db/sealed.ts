import { sealedColumn } from '@bangfu/service-kit/secrets/cipher';

/** The code of a participant's slip. */
export const SLIP_CODE = sealedColumn('satisfaction_slip', 'code_sealed');
