import type { ServiceName } from './operation.ts';

/** How a figure follows from the answer of the operation it links to; a path is written with points. */
export type Measure =
  | { readonly total: true }
  /** The sum of a field over all rows of a list. */
  | { readonly rows: string; readonly sum: string }
  /** Basis points: the sum of one field over all rows by that of another, rounded down. */
  | { readonly rows: string; readonly part: string; readonly of: string }
  /** A field of the answer as it is, or a share of one in basis points. */
  | { readonly field: string }
  | { readonly share: string };

interface Words {
  readonly label: string;
  /** One sentence: what is counted, and what is not. */
  readonly counts: string;
  /** What is counted, where it has a measure word of its own: 份, 次, 笔. */
  readonly unit?: string;
}

interface Definition {
  /** The operation whose rows the figure counts. */
  readonly operation: string;
  /** The page that shows these rows; it takes the operation's query as its filters, parameters in braces. */
  readonly place: string;
  readonly measure: Measure;
  readonly zh: Words;
  readonly en: Words;
}

const TOTAL: Measure = { total: true };

const zh = (label: string, counts: string, unit?: string): Words => ({ label, counts, ...(unit && { unit }) });
const en = (label: string, counts: string): Words => ({ label, counts });

const rate = (field: string, words: { zh: Words; en: Words }): Definition => ({
  operation: 'getEvaluationRates',
  place: '/evaluation/evaluations/{evaluationId}/result',
  measure: { share: `county.${field}.value` },
  ...words,
});

/** Every figure of the services' homes: what it is called, what it counts and which rows it counts. */
export const FIGURES = {
  'identification.households': {
    operation: 'listHouseholds',
    place: '/identification/',
    measure: TOTAL,
    zh: zh('登记农户', '名册中的全部农户，含一般户。'),
    en: en('Households in the register', 'All households of the register, general ones too.'),
  },
  'identification.persons': {
    operation: 'listHouseholds',
    place: '/identification/',
    measure: { rows: 'rows', sum: 'memberCount' },
    zh: zh('登记人口', '名册中全部农户的家庭成员合计。'),
    en: en('Persons in the register', 'The members of all households of the register.'),
  },
  'identification.registered': {
    operation: 'listHouseholds',
    place: '/identification/',
    measure: TOTAL,
    zh: zh('未脱贫户（含返贫）', '户属性为贫困户或返贫户的农户。'),
    en: en('Registered as poor', 'Households registered as poor, those that fell back included.'),
  },
  'identification.exited': {
    operation: 'listHouseholds',
    place: '/identification/',
    measure: TOTAL,
    zh: zh('已脱贫户', '户属性为脱贫户的农户。'),
    en: en('Exited from poverty', 'Households that have exited from poverty.'),
  },
  'identification.qualityProblems': {
    operation: 'getQuality',
    place: '/identification/quality',
    measure: { rows: 'rules', sum: 'count' },
    zh: zh('数据质量问题', '名册现有的数据质量问题，按规则逐条计数，一户可有多个。', '个'),
    en: en('Data-quality problems', 'Open problems of the register rule by rule; a household may have several.'),
  },
  'pairing.helpers': {
    operation: 'listCadres',
    place: '/pairing/cadres',
    measure: TOTAL,
    zh: zh('帮扶责任人', '现正结对帮扶辖区内农户的干部，每人计一次。'),
    en: en('Helpers', 'Cadres who help a household of the area now, each once.'),
  },
  'pairing.pairedHouseholds': {
    operation: 'listPairings',
    place: '/pairing/pairings',
    measure: TOTAL,
    zh: zh('已结对农户', '现有帮扶责任人的农户。'),
    en: en('Paired households', 'Households that have a helper now.'),
  },
  'pairing.householdsWithoutHelper': {
    operation: 'listPairings',
    place: '/pairing/pairings',
    measure: TOTAL,
    zh: zh('未落实责任人', '现无帮扶责任人的贫困户和返贫户。'),
    en: en('Without a helper', 'Poor and returned households that have no helper now.'),
  },
  'pairing.visitsThisMonth': {
    operation: 'listVisits',
    place: '/pairing/visits',
    measure: TOTAL,
    zh: zh('本月走访', '本月登记的入户走访，每次计一次。', '次'),
    en: en('Visits this month', 'Visits recorded with a day of this month, each once.'),
  },
  'pairing.overdueHouseholds': {
    operation: 'listPairings',
    place: '/pairing/pairings',
    measure: TOTAL,
    zh: zh('走访逾期', '按走访频次要求已逾期未走访的结对农户。'),
    en: en('Visits overdue', 'Paired households whose visit by the county’s rhythm is overdue.'),
  },
  'industry.entities': {
    operation: 'listEntities',
    place: '/industry/',
    measure: TOTAL,
    zh: zh('经营主体', '已登记的经营主体，含已停业的。', '家'),
    en: en('Business entities', 'Entities registered, closed ones too.'),
  },
  'industry.contractsInForce': {
    operation: 'listContracts',
    place: '/industry/contracts',
    measure: TOTAL,
    zh: zh('生效合同', '已签订生效的入股合同，不含草稿。', '份'),
    en: en('Contracts in force', 'Signed share contracts; no drafts.'),
  },
  'industry.shareHouseholds': {
    operation: 'listIncomeHouseholds',
    place: '/industry/statements',
    measure: TOTAL,
    zh: zh('带动农户', '在已签订合同名单上的农户，每户计一次，不含草稿合同。'),
    en: en('Households with a share', 'Households on a signed contract’s list, each once; no drafts.'),
  },
  'industry.dividendPaid': {
    operation: 'listDividends',
    place: '/industry/dividends',
    measure: { field: 'payableFen' },
    zh: zh('已兑付分红', '银行回单确认已发放到户的分红金额。'),
    en: en('Dividends paid', 'Dividends that the bank’s receipt says were paid to households.'),
  },
  'industry.dividendOpen': {
    operation: 'listDividends',
    place: '/industry/dividends',
    measure: { field: 'payableFen' },
    zh: zh('待兑付分红', '已提交的分红申报中尚未发放到户的金额，不含草稿。'),
    en: en('Dividends open', 'Not yet paid of the dividends submitted; no drafts.'),
  },
  'industry.dividendLate': {
    operation: 'listLateDividends',
    place: '/industry/late',
    measure: TOTAL,
    zh: zh('逾期事项', '逾期未申报或未发放的年度分红，每份合同每年计一笔。', '笔'),
    en: en('Dividends late', 'Years of a contract that are declared or paid too late, each once.'),
  },
  'industry.claimsOpen': {
    operation: 'listClaims',
    place: '/industry/claims',
    measure: { field: 'outstandingFen' },
    zh: zh('待追回款项', '多发或错发的分红中尚未收回或抵扣的金额。'),
    en: en('Still to be recovered', 'What households had beyond their dividends and that is not settled yet.'),
  },
  'industry.belowGuarantee': {
    operation: 'listDividends',
    place: '/industry/dividends',
    measure: TOTAL,
    zh: zh('分红低于保底', '已提交的分红申报中低于合同保底的明细，每笔计一次，不含草稿。', '笔'),
    en: en('Below the guarantee', 'Lines of submitted dividends below the contract’s guarantee; no drafts.'),
  },
  'training.classes': {
    operation: 'listClasses',
    place: '/training/classes',
    measure: TOTAL,
    zh: zh('培训班', '县级为全县的培训班，乡镇和村为有本辖区学员参加的班，含未开班和已结束的。', '个'),
    en: en('Classes', 'The county’s classes, for a smaller scope those with learners from it; ended ones too.'),
  },
  'training.enrolledPersons': {
    operation: 'listTrainees',
    place: '/training/trainees',
    measure: TOTAL,
    zh: zh('参训人员', '报名参训的人员，退出报名的除外，每人计一次。'),
    en: en('Persons enrolled', 'Persons enrolled and not withdrawn, each once.'),
  },
  'training.attendanceRate': {
    operation: 'listTrainees',
    place: '/training/trainees',
    measure: { rows: 'rows', part: 'present', of: 'marked' },
    zh: zh('到课率', '已登记考勤中“到课”所占比例，不含已取消的课次。'),
    en: en('Attendance', 'Marks of presence by marks entered; cancelled sessions do not count.'),
  },
  'training.certificates': {
    operation: 'listCertificates',
    place: '/training/certificates',
    measure: TOTAL,
    zh: zh('取得证书', '现行有效的证书，已撤销的除外。', '本'),
    en: en('Certificates', 'Certificates that are valid; withdrawn ones do not count.'),
  },
  'training.skillCoverage': {
    operation: 'getCoverage',
    place: '/training/coverage',
    measure: { field: 'total.coverageBp' },
    zh: zh('一户一技能覆盖率', '有劳动力的贫困、脱贫和返贫户中至少有一本有效证书的比例。'),
    en: en('Households with a skill', 'Share of households with able labour that hold a valid certificate.'),
  },
  'evaluation.evaluations': {
    operation: 'listEvaluations',
    place: '/evaluation/',
    measure: TOTAL,
    zh: zh('评估任务', '全部评估项目，含尚未抽样的。', '项'),
    en: en('Evaluations', 'All evaluations, those not drawn yet too.'),
  },
  'evaluation.sampledHouseholds': {
    operation: 'listEvaluations',
    place: '/evaluation/',
    measure: { rows: 'rows', sum: 'sample.households' },
    zh: zh('抽样农户', '各评估项目抽中的样本户合计，不含备用户。'),
    en: en('Households in samples', 'Households drawn by all evaluations; replacements do not count.'),
  },
  'evaluation.returns': {
    operation: 'listEvaluations',
    place: '/evaluation/',
    measure: { rows: 'rows', sum: 'returns.accepted' },
    zh: zh('已采用问卷', '各评估项目导入后采用的问卷合计。', '份'),
    en: en('Returns accepted', 'Questionnaires accepted by all evaluations.'),
  },
  'evaluation.compositeIncidence': rate('composite', {
    zh: zh('综合贫困发生率', '最近一次有结论的评估测算的综合贫困发生率。'),
    en: en('Composite incidence', 'As the latest evaluation with a verdict computed it.'),
  }),
  'evaluation.wrongExitRate': rate('wrongExit', {
    zh: zh('错退率', '最近一次有结论的评估样本中错退人口占脱贫人口的比例。'),
    en: en('Wrong-exit rate', 'Persons wrongly exited by exited persons, in the latest evaluation with a verdict.'),
  }),
  'evaluation.missedRate': rate('missed', {
    zh: zh('漏评率', '最近一次有结论的评估样本中漏评人口占非建档立卡人口的比例。'),
    en: en('Missed rate', 'Persons missed by persons not registered, in the latest evaluation with a verdict.'),
  }),
  'evaluation.approvalRate': rate('approval', {
    zh: zh('群众认可度', '最近一次有结论的评估中认可的户占受访户的比例。'),
    en: en('Approval', 'Approving households by households asked, in the latest evaluation with a verdict.'),
  }),
} as const satisfies Readonly<Record<`${ServiceName}.${string}`, Definition>>;

/** A figure by its service and its key there: `industry.dividendOpen`. */
export type FigureId = keyof typeof FIGURES;
/** The keys of one service's figures: `dividendOpen`. */
export type FigureKey<S extends ServiceName> = FigureId extends infer Id
  ? Id extends `${S}.${infer Key}`
    ? Key
    : never
  : never;

/** How a figure is defined; undefined for one that this release does not know. */
export function figureDefinition(service: ServiceName, key: string): Definition | undefined {
  return Object.hasOwn(FIGURES, `${service}.${key}`) ? FIGURES[`${service}.${key}` as FigureId] : undefined;
}

/** The address of the rows a figure counts: its place with parameters and filters. */
export function figureAddress(
  definition: Pick<Definition, 'place'>,
  link: { readonly params: Readonly<Record<string, string>>; readonly query: Readonly<Record<string, string>> },
): string {
  const place = definition.place.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(link.params[name] ?? ''),
  );
  const query = new URLSearchParams(link.query).toString();
  return query ? `${place}?${query}` : place;
}
