import { call } from '@bangfu/contracts/core/client';
import {
  decideSettlement,
  getClaim,
  listClaims,
  proposeReversal,
  proposeSettlement,
} from '@bangfu/contracts/industry/claims';
import {
  closeDeclaration,
  declareDividend,
  getDeclaration,
  listDividendLines,
} from '@bangfu/contracts/industry/declarations';
import {
  cancelPaymentBatch,
  confirmReceived,
  decideCorrection,
  proposeCorrection,
} from '@bangfu/contracts/industry/payments';
import type { TestService } from '@bangfu/platform/testing/test-service';
import { expect } from 'vitest';
import {
  bringReceipt,
  householdGrant,
  type Known,
  known,
  knowHouseholds,
  makeBatch,
  noticedDividend,
  type people,
  refusal,
  throughNotice,
} from './scene.ts';

const GUARANTEED_FEN = 6000;
const NOW = new Date('2027-03-01T02:00:00Z');

let made = 0;

/** What a clerk with a pencil keeps of a household and a declaration: what it is to have, and the money that moved. */
interface Account {
  entitled: number;
  readonly payments: Map<string, number>;
  readonly setOffs: Map<string, number>;
  readonly collected: Map<string, number>;
}
interface Payment {
  readonly year: number;
  readonly household: Known;
  readonly lineId: string;
  readonly batchId: string;
  readonly reference: string;
  readonly amount: number;
  returned: boolean;
}
interface Settlement {
  readonly id: string;
  readonly year: number;
  readonly household: Known;
  readonly amount: number;
  readonly against: number | null;
  reversed: boolean;
}

export const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
export const had = ({ payments, setOffs, collected }: Account) =>
  sum(payments.values()) + sum(setOffs.values()) - sum(collected.values());

/** Two years of a cooperative and three households, with the pencil's books beside the service's. */
export async function historyScene(world: TestService, who: ReturnType<typeof people>) {
  made += 1;
  const scene = made;
  const households = [1, 2, 3].map((n) => known(scene * 10 + n));
  await knowHouseholds(who.pool, households);
  world.setNow(new Date('2027-02-01T02:00:00Z'));
  const first = await noticedDividend(world, who, { name: `历史合作社${scene}`, households });
  const body = { contractId: first.contract.id, year: 2026, distributableFen: 0 };
  const draft = await call(first.account, declareDividend, { body });
  const second = await throughNotice(world, { ...who, account: first.account }, draft);
  world.setNow(NOW);
  const ids = new Map([
    [2025, first.declaration.id],
    [2026, second.id],
  ]);
  const books = new Map<string, Account>();
  const book = (year: number, { number }: Known): Account => {
    const key = `${year} ${number}`;
    const account = books.get(key) ?? {
      entitled: GUARANTEED_FEN,
      payments: new Map(),
      setOffs: new Map(),
      collected: new Map(),
    };
    books.set(key, account);
    return account;
  };
  return { world, who, scene, households, account: first.account, ids, book };
}
export type HistoryScene = Awaited<ReturnType<typeof historyScene>>;

/** A die of whole numbers below a bound. */
export type Pick = (below: number) => number;

/** Takes steps at random; what is refused happened nowhere, what is accepted is written into the books. */
export function player({ world, who, scene, households, account, ids, book }: HistoryScene, pick: Pick) {
  const payments: Payment[] = [];
  const settlements: Settlement[] = [];
  const sent = new Map<string, { batchId: string; year: number }>();
  const files: { batchId: string; rows: readonly string[] }[] = [];
  const accepted = new Map<string, number>();
  let references = 0;
  const some = <T>(values: readonly T[]): T | undefined => values[pick(Math.max(1, values.length))];
  const declarationId = (year: number) => ids.get(year) ?? '';
  const lines = async (year: number) =>
    (await call(account, listDividendLines, { params: { declarationId: declarationId(year) }, query: {} })).rows;
  const version = async (year: number) =>
    (await call(who.finance, getDeclaration, { params: { declarationId: declarationId(year) } })).version;
  const householdOf = (number: string) => {
    const household = households.find((each) => each.number === number);
    if (!household) throw new Error(`no household ${number}`);
    return household;
  };
  const bring = (batchId: string, rows: readonly string[]) => bringReceipt(who.finance, batchId, rows);
  const correct = async (lineId: string, body: { amountFen: number; householdNumber?: string; leftFen?: number }) => {
    const input = { params: { lineId }, body: { ...body, reason: '核对后更正' } };
    const { id } = await call(who.finance, proposeCorrection, input);
    await call(who.leader, decideCorrection, { params: { correctionId: id }, body: { approved: true } });
  };
  const decide = (settlementId: string) =>
    call(who.officer, decideSettlement, { params: { settlementId }, body: { approved: true } });
  const openClaim = async () => {
    const { rows } = await call(who.finance, listClaims, { query: { state: 'open', limit: 100 } });
    return some(rows.filter(({ householdNumber }) => households.some(({ number }) => number === householdNumber)));
  };

  const batchesOf = (year: number) => [
    ...new Set([...sent.values()].filter((each) => each.year === year).map(({ batchId }) => batchId)),
  ];
  const batch = async (year: number) => {
    const { id: batchId } = await makeBatch(who.finance, declarationId(year));
    for (const { id, state } of await lines(year)) {
      if (state === 'batched' && !sent.has(id)) sent.set(id, { batchId, year });
    }
  };
  /** The bank says something of the lines of a batch that wait for it. */
  const tell = async (year: number, batchId: string, chance: () => { said: boolean; paid: boolean }) => {
    const told = (await lines(year))
      .filter(({ id }) => sent.get(id)?.batchId === batchId)
      .map((line) => ({ line, ...chance(), n: (references += 1) }))
      .filter(({ said }) => said);
    if (told.length === 0) throw new Error('nothing to tell');
    const rows = told.map(({ line, paid, n }) =>
      paid
        ? `${line.id},${line.payableFen / 100},成功,H${scene}-${n},`
        : `${line.id},${line.payableFen / 100},失败,,账号`,
    );
    const outcome = await bring(batchId, rows);
    expect(outcome.problems).toEqual([]);
    files.push({ batchId, rows });
    for (const { line, paid, n } of told) {
      sent.delete(line.id);
      if (!paid) continue;
      const household = householdOf(line.householdNumber);
      const payment = {
        year,
        household,
        lineId: line.id,
        batchId,
        reference: `H${scene}-${n}`,
        amount: line.payableFen,
      };
      payments.push({ ...payment, returned: false });
      book(year, household).payments.set(payment.reference, payment.amount);
    }
  };
  const payAll = async (year: number) => {
    if ((await lines(year)).some(({ state }) => state === 'open')) await batch(year);
    for (const batchId of batchesOf(year)) await tell(year, batchId, () => ({ said: true, paid: true }));
  };

  const steps: Readonly<Record<string, (year: number) => Promise<void>>> = {
    batch,
    receipt: async (year) => {
      const batchId = some(batchesOf(year));
      await tell(year, batchId ?? '', () => ({ said: pick(4) > 0, paid: pick(4) > 0 }));
    },
    return: async (year) => {
      const payment = some(payments.filter((each) => each.year === year && !each.returned));
      if (!payment) throw new Error('nothing to return');
      const rows = [`${payment.lineId},${payment.amount / 100},退汇,${payment.reference},户名不符`];
      const outcome = await bring(payment.batchId, rows);
      if (!outcome.taken) throw new Error(outcome.problems[0]?.code);
      expect(outcome.returned).toBe(1);
      files.push({ batchId: payment.batchId, rows });
      payment.returned = true;
      book(year, payment.household).payments.delete(payment.reference);
    },
    again: async () => {
      const old = some(files);
      if (!old) throw new Error('no file');
      // Another file of the same rows: it is not known by its bytes.
      const rows = pick(2) === 0 ? old.rows : old.rows.toReversed();
      const outcome = await bring(old.batchId, rows);
      expect(outcome).toMatchObject({ taken: true, paid: 0, returned: 0, rejected: 0, unchanged: rows.length });
    },
    correct: async (year) => {
      const line = some((await lines(year)).filter(({ replacedBy }) => replacedBy === null));
      const amountFen = pick(75) * 100;
      await correct(line?.id ?? '', { amountFen });
      book(year, householdOf(line?.householdNumber ?? '')).entitled = amountFen;
    },
    move: async (year) => {
      const line = some((await lines(year)).filter(({ replacedBy }) => replacedBy === null));
      const to = some(households.filter(({ number }) => number !== line?.householdNumber));
      if (!line || !to) throw new Error('nothing to move');
      const amountFen = 100 + pick(60) * 100;
      const leftFen = pick(2) === 0 ? 0 : pick(30) * 100;
      await correct(line.id, { amountFen, leftFen, householdNumber: to.number });
      book(year, householdOf(line.householdNumber)).entitled = leftFen;
      book(year, to).entitled += amountFen;
    },
    collect: async () => {
      const claim = await openClaim();
      if (!claim) throw new Error('no claim');
      const amountFen = Math.max(1, Math.ceil((claim.outstandingFen * (1 + pick(4))) / 4));
      const body = { kind: 'cash', amountFen, settledOn: '2027-03-01', reference: '收据', reason: '上门收回' } as const;
      const { id } = await call(who.finance, proposeSettlement, { params: { claimId: claim.id }, body });
      await decide(id);
      const household = householdOf(claim.householdNumber);
      settlements.push({ id, year: claim.year, household, amount: amountFen, against: null, reversed: false });
      book(claim.year, household).collected.set(id, amountFen);
    },
    'set off': async () => {
      const claim = await openClaim();
      if (!claim) throw new Error('no claim');
      const line = some((await call(who.finance, getClaim, { params: { claimId: claim.id } })).lines);
      if (!line) throw new Error('no line');
      const amountFen = Math.min(claim.outstandingFen, Math.ceil(line.payableFen / (1 + pick(2))));
      const body = { kind: 'set-off', amountFen, lineId: line.id, reason: '农户同意抵扣' } as const;
      const { id } = await call(who.finance, proposeSettlement, { params: { claimId: claim.id }, body });
      await decide(id);
      const household = householdOf(claim.householdNumber);
      settlements.push({ id, year: claim.year, household, amount: amountFen, against: line.year, reversed: false });
      book(claim.year, household).collected.set(id, amountFen);
      book(line.year, household).setOffs.set(id, amountFen);
    },
    reverse: async () => {
      const settlement = some(settlements.filter(({ reversed }) => !reversed));
      if (!settlement) throw new Error('no settlement');
      const input = { params: { settlementId: settlement.id }, body: { reason: '登记有误' } };
      await decide((await call(who.finance, proposeReversal, input)).id);
      settlement.reversed = true;
      book(settlement.year, settlement.household).collected.delete(settlement.id);
      if (settlement.against) book(settlement.against, settlement.household).setOffs.delete(settlement.id);
    },
    confirm: async (year) => {
      const line = some((await lines(year)).filter(({ state }) => state === 'paid'));
      const own = world.as(`own ${line?.householdNumber}`, householdGrant(line?.householdId ?? ''));
      await call(own, confirmReceived, {
        params: { lineId: line?.id ?? '' },
        body: { receivedFen: line?.payableFen ?? 0 },
      });
    },
    cancel: async (year) => {
      const batchId = some(batchesOf(year));
      await call(who.finance, cancelPaymentBatch, { params: { batchId: batchId ?? '' }, body: { reason: '批次有误' } });
      for (const [id, each] of sent) if (each.batchId === batchId) sent.delete(id);
    },
    close: async (year) => {
      await payAll(year);
      const input = { params: { declarationId: declarationId(year) }, body: { version: await version(year) } };
      await call(who.finance, closeDeclaration, input);
    },
  };
  const kinds = Object.keys(steps);
  /** The likelier a step, the more often it stands here. */
  const more = ['batch', 'batch', 'receipt', 'receipt', 'return', 'correct', 'correct', 'correct', 'move', 'move'];
  const most = ['collect', 'set off', 'set off', 'set off', 'set off', 'reverse', 'reverse'];
  const dice = [...kinds, ...more, ...most];
  const take = async () => {
    const kind = some(dice) ?? '';
    const year = 2025 + pick(2);
    const step = steps[kind];
    if (!step) throw new Error(kind);
    let assertion: unknown;
    const answer = await refusal(
      step(year).catch((error: unknown) => {
        if (error instanceof Error && error.name === 'AssertionError') assertion = error;
        throw error;
      }),
    ).catch(() => 'nothing to do');
    if (assertion) throw assertion;
    if (answer === 'not refused') accepted.set(kind, (accepted.get(kind) ?? 0) + 1);
    // Whatever is refused is refused in words.
    expect(answer).not.toMatch(/^5/);
    return kind;
  };
  return { take, payAll, accepted, lines };
}
