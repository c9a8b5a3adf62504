import { creditCodeCheckSign } from '@bangfu/domain/shared/credit-code';
import { addDays, type BusinessDay, businessDayOf, startOfDay } from '@bangfu/domain/shared/time';
import { inRegions } from '@bangfu/data/scope';
import { typedSql } from '@bangfu/data/typed-sql';
import type { DemoGiven, DemoScopes, ServiceKit } from '@bangfu/platform/service';
import { type ExpressionBuilder, sql } from 'kysely';
import { draftContract } from '../features/contracts/draft-contract/draft-contract.ts';
import { importContractHouseholds } from '../features/contracts/import-contract-households/import-contract-households.ts';
import { signContract } from '../features/contracts/sign-contract/sign-contract.ts';
import { decideSettlement } from '../features/claims/decide-settlement/decide-settlement.ts';
import { findClaims } from '../features/claims/list-claims/list-claims.ts';
import { proposeSettlement } from '../features/claims/propose-settlement/propose-settlement.ts';
import { checkDeclaration } from '../features/declarations/check-declaration/check-declaration.ts';
import { closeDeclaration } from '../features/declarations/close-declaration/close-declaration.ts';
import { getDeclaration } from '../features/declarations/declaration.repository.ts';
import { declareDividend } from '../features/declarations/declare-dividend/declare-dividend.ts';
import { submitDeclaration } from '../features/declarations/submit-declaration/submit-declaration.ts';
import { registerEntity } from '../features/entities/register-entity/register-entity.ts';
import { closeDividendNotice } from '../features/notices/close-dividend-notice/close-dividend-notice.ts';
import { openDividendNotice } from '../features/notices/open-dividend-notice/open-dividend-notice.ts';
import { decideCorrection } from '../features/payments/decide-correction/decide-correction.ts';
import { proposeCorrection } from '../features/payments/propose-correction/propose-correction.ts';
import { withListFile } from '../lists/read-list.ts';
import { createPaymentBatch } from '../features/payments/create-payment-batch/create-payment-batch.ts';
import { uploadBankReceipt } from '../features/payments/upload-bank-receipt/upload-bank-receipt.ts';
import { confirmReceived } from '../features/payments/confirm-received/confirm-received.ts';
import { issueIncomeStatement } from '../features/statements/issue-income-statement/issue-income-statement.ts';
import { readAs, type Tables } from '../operations.ts';
import { type DemoActor, demoPeople } from './people.ts';

type People = ReturnType<typeof demoPeople>;

/** How far the last year's declaration of an entity has come; 'none' leaves it late, for the demo's entity to declare. */
type Stage = 'closed' | 'in-payment' | 'noticed' | 'on-notice' | 'submitted' | 'none';

interface Plan {
  readonly what: string;
  readonly kind: 'cooperative' | 'leading-enterprise' | 'collective';
  readonly office: string;
  readonly guaranteedBp: number;
  readonly profitShareBp: number;
  readonly stage: Stage;
  /** In the township of this rank by households; 0 is where the demo's township account works. */
  readonly place: number;
}

/** The demo's entities: what they are, what they promise, how far they have come. */
const ENTITIES: readonly Plan[] = [
  {
    what: '食用菌专业合作社',
    kind: 'cooperative',
    office: '理事长',
    guaranteedBp: 600,
    profitShareBp: 3000,
    stage: 'closed',
    place: 0,
  },
  {
    what: '果业专业合作社',
    kind: 'cooperative',
    office: '理事长',
    guaranteedBp: 800,
    profitShareBp: 0,
    stage: 'in-payment',
    place: 1,
  },
  {
    what: '中药材有限公司',
    kind: 'leading-enterprise',
    office: '总经理',
    guaranteedBp: 600,
    profitShareBp: 2000,
    stage: 'noticed',
    place: 2,
  },
  {
    what: '养殖专业合作社',
    kind: 'cooperative',
    office: '理事长',
    guaranteedBp: 700,
    profitShareBp: 1000,
    stage: 'on-notice',
    place: 0,
  },
  {
    what: '设施农业专业合作社',
    kind: 'cooperative',
    office: '理事长',
    guaranteedBp: 600,
    profitShareBp: 1500,
    stage: 'submitted',
    place: 0,
  },
  {
    what: '股份经济合作社',
    kind: 'collective',
    office: '理事长',
    guaranteedBp: 600,
    profitShareBp: 0,
    stage: 'none',
    place: 0,
  },
];

interface Group {
  readonly name: string;
  readonly households: readonly { id: string; number: string; head: string; village: string; status: string }[];
}

const moment = (day: string, hours = 10) => new Date(startOfDay(day as BusinessDay).getTime() + hours * 3_600_000);

/** An amount as a bank writes it. */
const yuanOf = (fen: number) => (fen / 100).toFixed(2);

/** A list longer than this would be computed by a job, which the demo does not wait for. */
const LONGEST_LIST = 1500;

/**
 * Makes industry's part of the demo by its own use cases at the moments they would have happened: entities, contracts,
 * a closed dividend year and one in every stage. Reads the register's copies; writes no table itself.
 */
export async function makeDemo(kit: ServiceKit, given: DemoGiven): Promise<DemoScopes> {
  const people = demoPeople(given);
  const groups = await findGroups(kit, given.countyCode);
  const scopes: Record<string, DemoScopes[string]> = {};
  for (const [index, plan] of ENTITIES.entries()) {
    const group = groups[plan.place];
    if (!group) continue;
    const id = await makeEntity(kit, given, people, group, plan, index);
    if (plan.stage === 'none' || !scopes['entity']) scopes['entity'] = { kind: 'entity', id };
    // One that has a helper too, so that its first page is whole.
    const household = group.households.find(({ status }) => status === 'registered') ?? group.households[0];
    if (household) scopes['household'] ??= { kind: 'household', id: household.id };
  }
  return scopes;
}

/** The townships with most households, each with those on the register. */
async function findGroups(kit: ServiceKit, countyCode: string): Promise<Group[]> {
  const read = typedSql<Tables>(kit.pool);
  const registered = read
    .selectFrom('household_copy as h')
    .where('h.county_code', '=', countyCode)
    .where('h.withdrawn', '=', false);
  const townshipOf = (eb: ExpressionBuilder<Tables & { h: Tables['household_copy'] }, 'h'>) =>
    sql<string>`left(${eb.ref('h.village_code')}, 9)`;
  const townships = await registered
    .groupBy(townshipOf)
    .having(({ fn }) => fn.countAll<number>().filterWhere('h.status', '<>', 'none'), '>', 0)
    .orderBy(({ fn }) => fn.countAll<number>(), 'desc')
    .orderBy(townshipOf)
    .limit(3)
    .select((eb) => [townshipOf(eb).as('code'), eb.fn.max('h.township_name').as('name')])
    .execute();
  const groups: Group[] = [];
  for (const { code, name } of townships) {
    const households = await registered
      .where((eb) => inRegions(eb.ref('h.village_code'), [code]))
      .where('h.status', '<>', 'none')
      .orderBy('h.number')
      .limit(LONGEST_LIST)
      .select(['h.id', 'h.number', 'h.head_name as head', 'h.village_code as village', 'h.status'])
      .execute();
    groups.push({ name, households });
  }
  return groups;
}

/** An invented credit code with its check sign. */
function demoCreditCode(countyCode: string, index: number): string {
  const first17 = `93${countyCode.slice(0, 6)}MADEM${String(index + 1).padStart(4, '0')}`;
  return `${first17}${creditCodeCheckSign(first17)}`;
}

async function makeEntity(
  kit: ServiceKit,
  given: DemoGiven,
  people: People,
  group: Group,
  plan: Plan,
  index: number,
): Promise<string> {
  const year = Number(businessDayOf(given.today).slice(0, 4));
  const firstYear = year - 2;
  const villageCodes = [...new Set(group.households.map((household) => household.village))];
  const entity = await registerEntity.run(kit, people.office(moment(`${firstYear}-01-04`)), {
    body: {
      name: `${group.name}${plan.what}`,
      creditCode: demoCreditCode(given.countyCode, index),
      kind: plan.kind,
      representativeRole: plan.office,
      seatCode: villageCodes[0] ?? '',
      villageCodes,
    },
  });
  const drafted = await draftContract.run(kit, people.entity(entity.id, moment(`${firstYear}-01-05`)), {
    body: {
      entityId: entity.id,
      number: `HT-${firstYear}-${String(index + 1).padStart(3, '0')}`,
      from: `${firstYear}-01-01`,
      to: `${year + 1}-12-31`,
      guaranteedBp: plan.guaranteedBp,
      profitShareBp: plan.profitShareBp,
      dividendYear: 'calendar',
    },
  });
  const list = group.households.map(({ number, head }, i) => {
    const account = `6217${given.countyCode.slice(0, 6)}${index}${String(i).padStart(5, '0')}`;
    return `${number},${head},${5000 + ((i * 37 + index * 11) % 50) * 100},农村商业银行,${account}`;
  });
  const text = `户编号,姓名,入股金额(元),开户行,账号\n${list.join('\n')}\n`;
  const entityActor = people.entity(entity.id, moment(`${firstYear}-01-06`));
  const params = { contractId: drafted.id };
  const brought = await withListFile(kit, text, { name: '入股名单.csv', asked: params }, (order) =>
    importContractHouseholds.run(kit, entityActor, order),
  );
  if (!brought.taken) throw new Error(`the demo's list was refused: ${brought.problems[0]?.code}`);
  const { version } = brought.contract;
  await signContract.run(kit, people.township(moment(`${firstYear}-01-10`)), {
    params,
    body: { version, signedOn: `${firstYear}-01-09`, sureOfDays: false },
  });
  await dividendYear(
    kit,
    people,
    { entityId: entity.id, contractId: drafted.id, index },
    firstYear,
    `${firstYear + 1}-01-12`,
    'closed',
  );
  const begin = plan.stage === 'on-notice' ? addDays(businessDayOf(given.today), -5) : `${year}-01-15`;
  if (plan.stage !== 'none') {
    await dividendYear(
      kit,
      people,
      { entityId: entity.id, contractId: drafted.id, index },
      year - 1,
      begin,
      plan.stage,
    );
  }
  return entity.id;
}

/** Takes one year's dividend of a contract from its declaration on a day to a stage. */
async function dividendYear(
  kit: ServiceKit,
  people: People,
  given: { entityId: string; contractId: string; index: number },
  year: number,
  begin: string,
  stage: Stage,
): Promise<void> {
  const day = (count: number) => moment(addDays(begin as BusinessDay, count));
  const entity = (count: number) => people.entity(given.entityId, day(count));
  const distributableFen = 1_234_567 + given.index * 98_765 + (year % 7) * 4321;
  const body = { contractId: given.contractId, year, distributableFen };
  const { id, version } = await declareDividend.run(kit, entity(0), { body });
  const params = { declarationId: id };
  const submitted = await submitDeclaration.run(kit, entity(1), { params, body: { version } });
  if (stage === 'submitted') return;
  const passed = { version: submitted.version, passed: true, reason: '' };
  await checkDeclaration.run(kit, people.township(day(2)), { params, body: passed });
  const read = typedSql<Tables>(kit.pool);
  const { notices } = await getDeclaration(read, people.village(day(3)).caller, id);
  const noticeIds = notices.map((notice) => notice.id);
  // While it hangs, one village has not posted its list yet, so that the demo shows both.
  const posted = stage === 'on-notice' ? noticeIds.slice(0, Math.max(1, noticeIds.length - 1)) : noticeIds;
  await openDividendNotice.run(kit, people.village(day(3)), { params, body: { noticeIds: posted } });
  if (stage === 'on-notice') return;
  const closed = await closeDividendNotice.run(kit, people.village(day(12)), { params, body: { noticeIds } });
  if (stage === 'noticed') return;
  await pay(kit, people.finance(day(15)), people.finance(day(18)), id, closed.version, stage === 'in-payment');
  if (stage === 'in-payment') {
    await claimTooMuch(kit, people, id, day);
    return;
  }
  if (given.index === 0) await returnOne(kit, people, id, day);
  await confirmSome(kit, people.village(day(25)), id);
  const paid = await getDeclaration(read, people.finance(day(30)).caller, id);
  await closeDeclaration.run(kit, people.finance(day(30)), { params, body: { version: paid.version } });
}

/** The second household had a hundred yuan too much and gives forty back; the rest is still to be recovered. */
async function claimTooMuch(
  kit: ServiceKit,
  people: People,
  declarationId: string,
  day: (count: number) => Date,
): Promise<void> {
  const line = await typedSql<Tables>(kit.pool)
    .selectFrom('dividend_line')
    .where('declaration_id', '=', declarationId)
    .where('line_number', '=', 2)
    .select(['id', 'amount_fen as fen'])
    .executeTakeFirst();
  if (!line) return;
  const wrong = { amountFen: line.fen - 10_000, leftFen: 0, reason: '入股天数多计，多发一百元' };
  const proposed = await proposeCorrection.run(kit, people.finance(day(20)), {
    params: { lineId: line.id },
    body: wrong,
  });
  await decideCorrection.run(kit, people.township(day(21)), {
    params: { correctionId: proposed.id },
    body: { approved: true },
  });
  const finance = people.finance(day(22));
  const { rows: claims } = await findClaims(readAs(kit, finance.caller), finance.caller, { state: 'open', limit: 100 });
  const claim = claims.find((each) => each.declarationId === declarationId);
  if (!claim) throw new Error('the demo has no claim');
  const settlement = await proposeSettlement.run(kit, finance, {
    params: { claimId: claim.id },
    body: {
      kind: 'cash',
      amountFen: 4000,
      settledOn: businessDayOf(day(22)),
      reference: '收据0001',
      reason: '上门收回一部分',
    },
  });
  await decideSettlement.run(kit, people.township(day(23)), {
    params: { settlementId: settlement.id },
    body: { approved: true },
  });
}

/** The bank returns the second household's payment a week later; it is paid again. */
async function returnOne(
  kit: ServiceKit,
  people: People,
  declarationId: string,
  day: (count: number) => Date,
): Promise<void> {
  const read = typedSql<Tables>(kit.pool);
  const line = await read
    .selectFrom('dividend_line')
    .where('declaration_id', '=', declarationId)
    .where('line_number', '=', 2)
    .where('state', '=', 'paid')
    .select(['id', 'batch_id as batchId', 'payable_fen as fen'])
    .executeTakeFirst();
  if (!line?.batchId) return;
  const text = `明细编号,金额(元),结果,流水号,失败原因\n${line.id},${yuanOf(line.fen)},退汇,,户名与账号不符\n`;
  const hears = people.finance(day(20));
  const asked = { batchId: line.batchId, paidOn: businessDayOf(hears.now) };
  await withListFile(kit, text, { name: '银行退汇.csv', asked }, (order) => uploadBankReceipt.run(kit, hears, order));
  const { version } = await getDeclaration(read, hears.caller, declarationId);
  await pay(kit, people.finance(day(21)), people.finance(day(24)), declarationId, version, false);
}

async function pay(
  kit: ServiceKit,
  sends: DemoActor,
  hears: DemoActor,
  id: string,
  version: number,
  oneFails: boolean,
): Promise<void> {
  const params = { declarationId: id };
  const batch = await createPaymentBatch.run(kit, sends, { params, body: { version } });
  const rows = await typedSql<Tables>(kit.pool)
    .selectFrom('dividend_line')
    .where('batch_id', '=', batch.id)
    .orderBy('line_number')
    .select(['id', 'payable_fen as fen', 'line_number as n'])
    .execute();
  const lines = rows.map(({ id: line, fen, n }) => {
    const yuan = yuanOf(fen);
    return oneFails && n === 1 ? `${line},${yuan},失败,,账号状态异常` : `${line},${yuan},成功,${batch.number}${n},`;
  });
  const text = `明细编号,金额(元),结果,流水号,失败原因\n${lines.join('\n')}\n`;
  const asked = { batchId: batch.id, paidOn: businessDayOf(hears.now) };
  const outcome = await withListFile(kit, text, { name: '银行回单.csv', asked }, (order) =>
    uploadBankReceipt.run(kit, hears, order),
  );
  if (!outcome.taken) throw new Error(`the demo's receipt was refused: ${outcome.problems[0]?.code}`);
}

/** Half of the households say that they had it; the first of them asks for its statement. */
async function confirmSome(kit: ServiceKit, village: DemoActor, declarationId: string): Promise<void> {
  const paid = await typedSql<Tables>(kit.pool)
    .selectFrom('dividend_line')
    .where('declaration_id', '=', declarationId)
    .where('state', '=', 'paid')
    .orderBy('line_number')
    .select(['id', 'payable_fen as fen', 'household_number as number', 'line_number as n'])
    .execute();
  const rows = paid.filter(({ n }) => n % 2 === 1);
  for (const { id, fen } of rows) {
    await confirmReceived.run(kit, village, { params: { lineId: id }, body: { receivedFen: fen } });
  }
  const [first] = rows;
  if (first) await issueIncomeStatement.run(kit, village, { params: { householdNumber: first.number } });
}
