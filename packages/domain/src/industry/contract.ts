import type { Deadlines } from '../shared/work-policy.ts';
import type { IndustryWork } from './deadlines.ts';
import { demand, DomainError, type Refusal, refusalOf } from '../shared/errors.ts';
import type { Fen } from '../shared/money.ts';
import { demandDay, demandUsualDay } from '../shared/day-bounds.ts';
import { type BusinessDay, daysBetween } from '../shared/time.ts';
import { requireOpenEntity } from './entity.ts';

/** What a stake was before it was quantified into shares. */
export type StakeSource = 'money' | 'loan' | 'land' | 'fund';

/** The ways a contract raises a household's income and their money (domain §8). Rates are basis points (600 = 6 %). */
export type ContractTerms =
  | {
      readonly kind: 'share';
      /** Guaranteed part of the stake a year; 0 = none. */
      readonly guaranteedBp: number;
      /** The households' part of the profit that is distributable after the guarantee; 0 = none. */
      readonly profitShareBp: number;
    }
  | { readonly kind: 'fixed-dividend'; readonly perHouseholdFen: Fen }
  | { readonly kind: 'entrusted-rearing'; readonly protectedPriceFenPerJin: Fen }
  | { readonly kind: 'contract-purchase'; readonly unit: string; readonly priceFenPerUnit: Fen }
  | { readonly kind: 'land-lease'; readonly rentFenPerMu: Fen }
  | { readonly kind: 'wage-employment'; readonly per: 'day' | 'month'; readonly wageFen: Fen }
  /** Households and entity share the profit; the households' part is divided by what each put in. */
  | { readonly kind: 'profit-split'; readonly householdsBp: number };

export type ContractKind = ContractTerms['kind'];

export const CONTRACT_KIND_NAMES: Record<ContractKind, string> = {
  share: '入股分红',
  'fixed-dividend': '定额分红',
  'entrusted-rearing': '托管代养',
  'contract-purchase': '订单收购',
  'land-lease': '土地流转',
  'wage-employment': '就业带动',
  'profit-split': '利润分成',
};

export interface Contract {
  readonly terms: ContractTerms;
  readonly from: BusinessDay;
  readonly to: BusinessDay;
  /** Number of the households on the signed list. */
  readonly households: number;
}

/** Policy data of the county. */
export interface IndustryPolicy {
  readonly minGuaranteedBp: number;
  readonly minFixedDividendFen: Fen;
  /** Days before the end from which a contract is to be renewed. */
  readonly renewalDays: number;
  /** Days after the period's end by which a declaration must be submitted. */
  readonly declareWithinDays: number;
  /** Days after the notice by which every line must be paid. */
  readonly payWithinDays: number;
  readonly noticeDays: number;
  /** Whether a line below its guarantee is refused or only raises an alarm. */
  readonly belowGuarantee: 'alarm' | 'refuse';
  /** By how much a correction may raise a line above what was posted without the county leader: both bounds hold. */
  readonly correctionAbove: { readonly bp: number; readonly fen: number };
  /** By the day on which the work began to wait. */
  readonly deadlines: Deadlines<IndustryWork>;
}

export interface ContractFinding {
  readonly code: ContractFindingCode;
  readonly params: Readonly<Record<string, string | number>>;
}
export type ContractFindingCode =
  | 'CONTRACT_PERIOD_INVALID'
  | 'CONTRACT_TOO_EARLY'
  | 'CONTRACT_TOO_LONG'
  | 'CONTRACT_WITHOUT_HOUSEHOLDS'
  | 'CONTRACT_RATE_INVALID'
  | 'CONTRACT_AMOUNT_INVALID'
  | 'CONTRACT_PAYS_NOTHING'
  | 'CONTRACT_BELOW_GUARANTEE_POLICY'
  | 'CONTRACT_BELOW_FIXED_POLICY'
  | 'CONTRACT_EXPIRED'
  | 'CONTRACT_EXPIRES_SOON';

const isRate = (bp: number) => Number.isSafeInteger(bp) && bp >= 0 && bp <= 10_000;

/** No contract of the county is older, and none is agreed for longer. */
const FIRST_DAY = '2000-01-01' as BusinessDay;
const MOST_YEARS = 30;
/** How many days from its first day a contract is signed as a rule; one signed further away is asked for. */
const SIGNED_WITHIN = 366;

/** What is wrong with the days of a contract; null when nothing is. */
function periodFinding({ from, to }: Pick<Contract, 'from' | 'to'>): ContractFinding | null {
  if (to < from) return { code: 'CONTRACT_PERIOD_INVALID', params: { from, to } };
  if (from < FIRST_DAY) return { code: 'CONTRACT_TOO_EARLY', params: { from, first: FIRST_DAY } };
  const last = `${Number(from.slice(0, 4)) + MOST_YEARS}${from.slice(4)}`;
  return to >= last ? { code: 'CONTRACT_TOO_LONG', params: { from, to, years: MOST_YEARS } } : null;
}

/**
 * Demands that a contract is agreed for days that can be meant.
 * @throws DomainError CONTRACT_PERIOD_INVALID, CONTRACT_TOO_EARLY, CONTRACT_TOO_LONG
 */
export function demandPeriod(contract: Pick<Contract, 'from' | 'to'>): void {
  const finding = periodFinding(contract);
  if (finding) throw new DomainError(finding.code, finding.params);
}

/**
 * Demands that a contract was signed on a day that can be meant: not to come, not before there were any, and not far
 * from its first day unless that is what is meant.
 * @throws DomainError CONTRACT_SIGNED_LATER, DAY_TOO_EARLY, DAY_UNUSUAL
 */
export function demandSigningDay(
  signedOn: BusinessDay,
  contract: Pick<Contract, 'from'>,
  today: BusinessDay,
  isSure: boolean,
): void {
  demand(signedOn <= today, 'CONTRACT_SIGNED_LATER');
  demandDay(signedOn, { from: FIRST_DAY });
  demandUsualDay(signedOn, { around: contract.from, days: SIGNED_WITHIN }, isSure);
}

/** What is wrong with a contract's terms in themselves and against the county's policy; empty when nothing. */
export function contractFindings(contract: Contract, policy: IndustryPolicy): ContractFinding[] {
  const found: ContractFinding[] = [];
  const note = (bad: boolean, code: ContractFindingCode, params: ContractFinding['params'] = {}) => {
    if (bad) found.push({ code, params });
  };
  const period = periodFinding(contract);
  if (period) found.push(period);
  note(contract.households < 1, 'CONTRACT_WITHOUT_HOUSEHOLDS');
  const { terms } = contract;
  const price = (amount: Fen) => note(amount <= 0, 'CONTRACT_AMOUNT_INVALID', { amount });
  switch (terms.kind) {
    case 'share':
      note(!isRate(terms.guaranteedBp) || !isRate(terms.profitShareBp), 'CONTRACT_RATE_INVALID');
      note(terms.guaranteedBp === 0 && terms.profitShareBp === 0, 'CONTRACT_PAYS_NOTHING');
      note(terms.guaranteedBp > 0 && terms.guaranteedBp < policy.minGuaranteedBp, 'CONTRACT_BELOW_GUARANTEE_POLICY', {
        rate: terms.guaranteedBp / 100,
        least: policy.minGuaranteedBp / 100,
      });
      break;
    case 'fixed-dividend':
      price(terms.perHouseholdFen);
      note(terms.perHouseholdFen < policy.minFixedDividendFen, 'CONTRACT_BELOW_FIXED_POLICY', {
        amount: terms.perHouseholdFen / 100,
        least: policy.minFixedDividendFen / 100,
      });
      break;
    case 'entrusted-rearing':
      price(terms.protectedPriceFenPerJin);
      break;
    case 'contract-purchase':
      price(terms.priceFenPerUnit);
      break;
    case 'land-lease':
      price(terms.rentFenPerMu);
      break;
    case 'wage-employment':
      price(terms.wageFen);
      break;
    case 'profit-split':
      note(!isRate(terms.householdsBp), 'CONTRACT_RATE_INVALID');
      note(terms.householdsBp === 0, 'CONTRACT_PAYS_NOTHING');
      break;
  }
  return found;
}

/** The warning about a contract's end on a day, if there is one. */
export function expiryWarning(contract: Contract, today: BusinessDay, policy: IndustryPolicy): ContractFinding | null {
  const left = daysBetween(today, contract.to);
  if (left < 0) return { code: 'CONTRACT_EXPIRED', params: { day: contract.to } };
  return left <= policy.renewalDays ? { code: 'CONTRACT_EXPIRES_SOON', params: { day: contract.to, left } } : null;
}

/** What a contract's steps look at. */
export interface ContractRecord {
  readonly state: 'drafted' | 'in-force';
  /** The account that drafted it. */
  readonly draftedBy: string;
  readonly entityClosed: boolean;
  readonly contract: Contract;
}

/** Terms and list are open until the contract is signed. @throws DomainError CONTRACT_SIGNED. */
export function requireDraftContract({ state }: Pick<ContractRecord, 'state'>): void {
  demand(state === 'drafted', 'CONTRACT_SIGNED');
}

/** Terms and list of a draft change while its entity is not closed. @throws DomainError CONTRACT_SIGNED, ENTITY_CLOSED */
function requireChangeable(record: Pick<ContractRecord, 'state' | 'entityClosed'>): void {
  requireDraftContract(record);
  requireOpenEntity(record);
}

/** Only of a signed contract another account is asked for. @throws DomainError CONTRACT_NOT_IN_FORCE. */
export function requireContractInForce({ state }: Pick<ContractRecord, 'state'>): void {
  demand(state === 'in-force', 'CONTRACT_NOT_IN_FORCE');
}

/**
 * A draft is signed by another person than who drafted it, when nothing in the policy stands against it.
 * @throws DomainError CONTRACT_SIGNED, ENTITY_CLOSED, CONTRACT_SAME_PERSON and the first of the contract's findings.
 */
export function requireSignable(record: ContractRecord, signer: string, policy: IndustryPolicy): void {
  requireChangeable(record);
  demand(record.draftedBy !== signer, 'CONTRACT_SAME_PERSON');
  const [finding] = contractFindings(record.contract, policy);
  if (finding) throw new DomainError(finding.code, finding.params);
}

/** What can be done with a contract: its terms, its list, the signature, a household's account. */
export const CONTRACT_STEPS = ['change', 'list', 'sign', 'discard', 'change-account'] as const;
export type ContractStep = (typeof CONTRACT_STEPS)[number];

/** Why a step would be refused to an account now, by the rule of its command; null when it would succeed. */
export function contractRefusal(
  step: ContractStep,
  record: ContractRecord,
  accountId: string,
  policy: IndustryPolicy,
): Refusal | null {
  const rules: Record<ContractStep, () => void> = {
    change: () => requireChangeable(record),
    list: () => requireChangeable(record),
    sign: () => requireSignable(record, accountId, policy),
    discard: () => requireDraftContract(record),
    'change-account': () => requireContractInForce(record),
  };
  return refusalOf(rules[step]);
}
