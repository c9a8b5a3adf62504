import { sealedColumn } from '@bangfu/platform/secrets/cipher';

/** The account of a household on a contract's list; its record is contract and household. */
export const LISTED_ACCOUNT = sealedColumn('contract_household', 'account_sealed');
/** The account a change asks for. */
export const REQUESTED_ACCOUNT = sealedColumn('account_change', 'account_sealed');
/** The account a line of a declaration is paid to. */
export const LINE_ACCOUNT = sealedColumn('dividend_line', 'account_sealed');
