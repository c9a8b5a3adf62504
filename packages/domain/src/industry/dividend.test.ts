import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fen, fen } from '../shared/money.ts';
import { businessDay } from '../shared/time.ts';
import { type Contract, type ContractTerms, contractFindings, expiryWarning } from './contract.ts';
import { policy } from './policy.fixture.ts';
import { checkDeclared, computeDividend, type DividendMember } from './dividend.ts';

const share = (guaranteedBp: number, profitShareBp: number): ContractTerms => ({
  kind: 'share',
  guaranteedBp,
  profitShareBp,
});
const member = (n: number, more: Partial<DividendMember> = {}): DividendMember => ({
  householdId: `id${n}`,
  householdNumber: String(100_000 + n),
  ...more,
});
const year = (distributable: number) => ({ days: 365, distributableFen: fen(distributable) });
const amounts = (terms: ContractTerms, members: readonly DividendMember[], profit = 0) =>
  computeDividend(terms, members, year(profit)).lines.map((l) => Number(l.amountFen));

describe('a dividend', () => {
  it('given 30 000 yuan a household at 8 % and 10 000.01 yuan of profit, then base and second distribution add up', () => {
    const members = [1, 2, 3].map((n) => member(n, { stakeFen: fen(3_000_000) }));
    const sheet = computeDividend(share(800, 10_000), members, year(1_000_001));
    expect(sheet.lines.map((l) => l.baseFen)).toEqual([240_000, 240_000, 240_000]);
    expect(sheet.lines.map((l) => l.secondFen)).toEqual([333_334, 333_334, 333_333]);
    expect(sheet.totalFen).toBe(720_000 + 1_000_001);
  });

  it('gives remainders by largest fraction, ties by household number whatever the order of the list', () => {
    const members = [member(3, { stakeFen: fen(1) }), member(1, { stakeFen: fen(1) }), member(2, { stakeFen: fen(2) })];
    const sheet = computeDividend(share(0, 10_000), members, year(101));
    expect(sheet.lines.map((l) => [l.householdNumber, l.amountFen])).toEqual([
      ['100001', 25],
      ['100002', 51],
      ['100003', 25],
    ]);
    const tie = computeDividend(
      share(0, 10_000),
      [member(2, { stakeFen: fen(5) }), member(1, { stakeFen: fen(5) })],
      year(7),
    );
    expect(tie.lines.map((l) => l.amountFen)).toEqual([4, 3]);
  });

  it('counts a stake held for part of the year by its days', () => {
    const members = [member(1, { stakeFen: fen(365_000) }), member(2, { stakeFen: fen(365_000), heldDays: 73 })];
    expect(amounts(share(1000, 0), members)).toEqual([36_500, 7_300]);
  });

  it('is exact in 1 000 random runs: lines sum to the total, nobody is below the guarantee, nobody a fen from the ideal', () => {
    const stakes = fc.array(fc.record({ stake: fc.nat(1_000_000_000), held: fc.nat(365) }), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(
        stakes,
        fc.integer({ min: 0, max: 10_000 }),
        fc.integer({ min: 0, max: 10_000 }),
        fc.nat(1e12),
        (list, guarantee, part, profit) => {
          const members = list.map((s, n) => member(n, { stakeFen: fen(s.stake), heldDays: s.held }));
          fc.pre(list.some((s) => s.stake * s.held > 0));
          const sheet = computeDividend(share(guarantee, part), members, year(profit));
          expect(sheet.lines.reduce((sum, l) => sum + l.amountFen, 0)).toBe(sheet.totalFen);
          const halfUp = (x: bigint, y: bigint) => Number((2n * x + y) / (2n * y));
          const weight = list.reduce((sum, s) => sum + BigInt(s.stake) * BigInt(s.held), 0n);
          const base = halfUp(weight * BigInt(guarantee), 3_650_000n);
          expect([sheet.baseFen, sheet.secondFen]).toEqual([base, halfUp(BigInt(profit) * BigInt(part), 10_000n)]);
          for (const line of sheet.lines) expect(line.baseFen).toBeGreaterThanOrEqual(line.guaranteedFen);
          sheet.lines.forEach((l, i) => {
            const own = BigInt((list[i]?.stake ?? 0) * (list[i]?.held ?? 0)) * BigInt(sheet.secondFen);
            expect(BigInt(l.secondFen) * weight - own < weight && own - BigInt(l.secondFen) * weight < weight).toBe(
              true,
            );
          });
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('computes the other kinds', () => {
    const two = [member(1, { quantity: 1050 }), member(2, { quantity: 33 })];
    expect(amounts({ kind: 'fixed-dividend', perHouseholdFen: fen(300_000) }, two)).toEqual([300_000, 300_000]);
    expect(amounts({ kind: 'entrusted-rearing', protectedPriceFenPerJin: fen(1500) }, two)).toEqual([15_750, 495]);
    expect(amounts({ kind: 'contract-purchase', unit: '斤', priceFenPerUnit: fen(150) }, two)).toEqual([1575, 50]);
    expect(amounts({ kind: 'land-lease', rentFenPerMu: fen(80_000) }, two)).toEqual([840_000, 26_400]);
    expect(amounts({ kind: 'wage-employment', per: 'day', wageFen: fen(12_000) }, two)).toEqual([126_000, 3_960]);
    const stakes = [member(1, { stakeFen: fen(3) }), member(2, { stakeFen: fen(1) })];
    expect(amounts({ kind: 'profit-split', householdsBp: 5000 }, stakes, 8_000)).toEqual([3_000, 1_000]);
  });

  it('refuses doubled households, missing stakes and impossible days', () => {
    const stake = { stakeFen: fen(1) };
    expect(() => amounts(share(600, 0), [member(1, stake), member(1, stake)])).toThrow('DIVIDEND_HOUSEHOLD_TWICE');
    expect(() => amounts(share(600, 0), [member(1)])).toThrow('DIVIDEND_STAKE_INVALID');
    expect(() => amounts(share(600, 0), [member(1, { ...stake, heldDays: 366 })])).toThrow('DIVIDEND_DAYS_INVALID');
    expect(() => amounts(share(600, 5000), [member(1, { stakeFen: fen(0) })], 100)).toThrow('DIVIDEND_NO_STAKES');
    expect(() => amounts(share(600, 0), [member(1, stake)], -1)).toThrow('DIVIDEND_PROFIT_NEGATIVE');
    const lease: ContractTerms = { kind: 'land-lease', rentFenPerMu: fen(1) };
    expect(() => amounts(lease, [member(1)])).toThrow('DIVIDEND_QUANTITY_INVALID');
  });

  it('shares 100 000 lines exactly', () => {
    const members = Array.from({ length: 100_000 }, (_, n) =>
      member(n, { stakeFen: fen(1_000_000 + ((n * 7919) % 5_000_000)) }),
    );
    const sheet = computeDividend(share(600, 10_000), members, year(123_456_789));
    expect(sheet.lines.reduce((sum, l) => sum + l.amountFen, 0)).toBe(sheet.totalFen);
    expect(sheet.secondFen).toBe(123_456_789);
  });
});

describe('declared amounts', () => {
  const sheet = computeDividend(
    share(600, 0),
    [1, 2].map((n) => member(n, { stakeFen: fen(1_000_000) })),
    year(0),
  );
  const check = (lines: Record<string, number>, total: number, refuse = false) =>
    checkDeclared(new Map(Object.entries(lines).map(([k, v]) => [k, v as Fen])), fen(total), sheet, {
      ...policy,
      belowGuarantee: refuse ? 'refuse' : 'alarm',
    });

  it('given a line below the guarantee, then there is an alarm, or a refusal if the policy says so', () => {
    const low = { 100001: 59_999, 100002: 60_000 };
    expect(check(low, 119_999)).toEqual([
      { code: 'DIVIDEND_BELOW_GUARANTEE', params: { household: '100001', declared: 599.99, guaranteed: 600 } },
    ]);
    expect(() => check(low, 119_999, true)).toThrow('DIVIDEND_BELOW_GUARANTEE');
    expect(check({ 100001: 60_000, 100002: 70_000 }, 130_000)).toEqual([]);
  });

  it('refuses a wrong total and a list that is not the contract’s', () => {
    expect(() => check({ 100001: 60_000, 100002: 60_000 }, 120_001)).toThrow('DIVIDEND_TOTAL_DIFFERS');
    expect(() => check({ 100001: 60_000 }, 60_000)).toThrow('DIVIDEND_HOUSEHOLD_MISSING');
    expect(() => check({ 100001: 60_000, 100002: 60_000, 9: 1 }, 120_001)).toThrow('DIVIDEND_HOUSEHOLD_UNKNOWN');
    expect(() => check({ 100001: -1, 100002: 1 }, 0)).toThrow('DIVIDEND_AMOUNT_NEGATIVE');
  });
});

describe('a contract', () => {
  const contract = (terms: ContractTerms): Contract => ({
    terms,
    from: businessDay('2026-01-01'),
    to: businessDay('2026-12-31'),
    households: 5,
  });
  const codes = (c: Contract) => contractFindings(c, policy).map((f) => f.code);

  it('is checked against the county’s policy', () => {
    expect(codes(contract(share(600, 0)))).toEqual([]);
    expect(codes(contract(share(599, 0)))).toEqual(['CONTRACT_BELOW_GUARANTEE_POLICY']);
    expect(codes(contract(share(0, 5000)))).toEqual([]);
    expect(codes(contract(share(0, 0)))).toEqual(['CONTRACT_PAYS_NOTHING']);
    expect(codes(contract(share(600, 10_001)))).toEqual(['CONTRACT_RATE_INVALID']);
    expect(codes(contract({ kind: 'fixed-dividend', perHouseholdFen: fen(299_999) }))).toEqual([
      'CONTRACT_BELOW_FIXED_POLICY',
    ]);
    expect(codes(contract({ kind: 'land-lease', rentFenPerMu: fen(0) }))).toEqual(['CONTRACT_AMOUNT_INVALID']);
    expect(codes({ ...contract(share(600, 0)), to: businessDay('2025-12-31'), households: 0 })).toEqual([
      'CONTRACT_PERIOD_INVALID',
      'CONTRACT_WITHOUT_HOUSEHOLDS',
    ]);
  });

  it('warns before it ends', () => {
    const warn = (day: string) => expiryWarning(contract(share(600, 0)), businessDay(day), policy)?.code ?? null;
    expect([warn('2026-10-31'), warn('2026-11-01'), warn('2026-12-31'), warn('2027-01-01')]).toEqual([
      null,
      'CONTRACT_EXPIRES_SOON',
      'CONTRACT_EXPIRES_SOON',
      'CONTRACT_EXPIRED',
    ]);
  });
});
