import type { IncomeStatement } from '@bangfu/contracts/industry/statements';

type Line = Pick<IncomeStatement['lines'][number], 'kind' | 'entityName'>;

const ASIDE: Readonly<Record<Line['kind'], string>> = {
  payment: '',
  'set-off': '（抵扣多发款）',
  return: '（银行退汇）',
  correction: '（更正冲销）',
};
const TITLES: Readonly<Record<Line['kind'], string>> = {
  payment: '分红到账',
  'set-off': '分红抵扣多发款',
  return: '分红被银行退汇',
  correction: '分红更正冲销',
};

/** The payer of a statement's line, with what the line is when it is no payment. */
export const payerOf = ({ entityName, kind }: Line): string => `${entityName}${ASIDE[kind]}`;

/** What happened to the household's income by a statement's line. */
export const titleOf = ({ kind }: Line): string => TITLES[kind];
