/** By which columns a line is sorted wherever lines are listed, and by which not. */
export const LINE_SORTS = [
  'lineNumber',
  'householdNumber',
  'headName',
  'villageName',
  'baseFen',
  'secondFen',
  'amountFen',
  'payableFen',
  'state',
  'paidOn',
  'confirmedFen',
  'recoverableFen',
] as const;
export const LINE_UNSORTED = {
  accountTail: 'the last digits of an account are in no order',
  rejection: 'a sentence of the bank',
  replaces: 'the number of another line',
  replacedBy: 'the number of another line',
};

/** By which columns declarations are sorted. */
export const DECLARATION_SORTS = [
  'entityName',
  'contractNumber',
  'year',
  'from',
  'to',
  'days',
  'distributableFen',
  'status',
  'revision',
  'lines',
  'baseFen',
  'secondFen',
  'totalFen',
  'paidLines',
  'paidFen',
  'unsettledLines',
  'openCorrections',
  'differingLines',
  'belowGuarantee',
  'submittedBy',
  'submittedAt',
  'checkedBy',
  'checkedAt',
] as const;
