/** Kinds of work of the offices whose days the county's deadlines set. */
export type IndustryWork =
  | 'dividend-to-check'
  | 'dividend-to-post'
  | 'objection-to-answer'
  | 'notice-to-close'
  | 'dividend-to-close'
  | 'receipt-to-import'
  | 'batch-cancel-to-decide'
  | 'correction-to-decide'
  | 'receipt-differs'
  | 'claim-to-settle'
  | 'settlement-to-decide'
  | 'nil-year-to-decide'
  | 'contract-end-to-decide'
  | 'account-change-to-decide';
