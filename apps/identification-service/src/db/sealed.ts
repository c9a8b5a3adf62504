import { sealedColumn } from '@bangfu/platform/secrets/cipher';

/** ID number of a person of the register. A row of a roster is sealed for the person it may become. */
export const PERSON_ID = sealedColumn('person', 'id_sealed');
/** Telephone of a person of the register; sealed in rosters as the number is. */
export const PERSON_PHONE = sealedColumn('person', 'phone_sealed');
/** Who filed an objection. */
export const OBJECTION_NAME = sealedColumn('objection', 'name_sealed');
export const OBJECTION_PHONE = sealedColumn('objection', 'phone_sealed');
