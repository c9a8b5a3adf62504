/** The last day of `contract c`: as agreed, or the day it was ended on before that. */
export const CONTRACT_TO = 'coalesce(c.ended_on, c.period_to)';

/** The first and last day of `contract_household m` on `contract c`. */
export const MEMBER_FROM = 'coalesce(m.joins_on, c.period_from)';
export const MEMBER_TO = `least(m.leaves_on, ${CONTRACT_TO})`;
