import { parseYuan } from '../shared/money.ts';
import { businessDay } from '../shared/time.ts';
import { ASSURANCES, type Finding, type HouseholdReturn, type ReturnIssueCode } from './return.ts';

/** The questionnaire's columns in the order of the enumerators' workbook; answers begin with `enumerator`. */
export const QUESTIONNAIRE = {
  returnId: '问卷编号',
  corrects: '更正问卷编号',
  householdNumber: '户编号',
  township: '乡镇',
  village: '行政村',
  headName: '户主姓名',
  role: '样本类别',
  group: '替换组',
  position: '抽取顺序',
  enumerator: '调查员',
  visitedOn: '调查日期',
  outcome: '调查结果',
  persons: '实有人口',
  income: '人均纯收入(元)',
  food: '不愁吃',
  clothing: '不愁穿',
  education: '义务教育',
  medical: '基本医疗',
  housing: '住房安全',
  water: '饮水安全',
  poor: '是否贫困户',
  wronglyExited: '错退人数',
  missed: '漏评人数',
  judgement: '认定理由',
  approval: '是否认可',
  evidence: '证据校验值',
} as const;
export type QuestionnaireField = keyof typeof QUESTIONNAIRE;
export const CELL_ORDER = Object.keys(QUESTIONNAIRE) as readonly QuestionnaireField[];

/** Columns without which a file is not one of returns, beside the numbers of return and household. */
const NEEDED_ANSWERS = [
  'enumerator',
  'visitedOn',
  'outcome',
  'persons',
  'income',
  ...ASSURANCES,
  'wronglyExited',
  'missed',
  'judgement',
  'approval',
  'evidence',
] as const satisfies readonly QuestionnaireField[];

/** Filled by the enumerator; a row with all of them blank was not used. */
export const ANSWER_FIELDS = [...NEEDED_ANSWERS, 'poor'] as const satisfies readonly QuestionnaireField[];

/** Columns without which a file is not one of returns. */
export const REQUIRED_FIELDS = [
  'returnId',
  'householdNumber',
  ...NEEDED_ANSWERS,
] as const satisfies readonly QuestionnaireField[];

export const OUTCOME_NAMES: Record<HouseholdReturn['outcome'], string> = {
  interviewed: '访谈完成',
  'moved-away': '整户迁出',
  'nobody-home-three-times': '三次无人',
  refused: '拒绝访谈',
  'not-found': '查无此户',
};
export const FINDING_NAMES: Record<Finding, string> = { yes: '是', no: '否', unknown: '不清楚' };
export const APPROVAL_NAMES: Record<NonNullable<HouseholdReturn['approval']>, string> = {
  approves: '认可',
  disapproves: '不认可',
  'not-asked': '未询问',
};

export type CellIssueCode =
  | 'RETURN_ID_MISSING'
  | 'RETURN_HOUSEHOLD_MISSING'
  | 'RETURN_OUTCOME_UNKNOWN'
  | 'RETURN_DATE_INVALID'
  | 'RETURN_NUMBER_INVALID'
  | 'RETURN_WORD_UNKNOWN'
  | 'RETURN_EVIDENCE_INVALID'
  | 'RETURN_CELL_UNKNOWN';

/** Something wrong in one cell of a return. */
export interface CellIssue {
  readonly field: QuestionnaireField;
  readonly value: string;
  readonly code: CellIssueCode;
}

export type QuestionnaireCells = Readonly<Partial<Record<QuestionnaireField, string>>>;

const codeOf = <Code extends string>(names: Readonly<Record<Code, string>>, text: string): Code | undefined =>
  (Object.keys(names) as Code[]).find((code) => names[code] === text);

/** Whether any answer was written into a row. */
export const isAnswered = (cells: QuestionnaireCells): boolean => ANSWER_FIELDS.some((field) => cells[field]);

/**
 * Reads one answered row. The return comes as it stands as far as its cells can be read; every cell that cannot is an
 * issue, and then the return is not accepted.
 */
export function readQuestionnaire(cells: QuestionnaireCells): {
  readonly answer: HouseholdReturn;
  readonly issues: readonly CellIssue[];
} {
  const issues: CellIssue[] = [];
  const note = (field: QuestionnaireField, code: CellIssueCode) => {
    issues.push({ field, value: cells[field] ?? '', code });
  };
  const whole = (field: QuestionnaireField): number | undefined => {
    const text = cells[field];
    if (!text) return undefined;
    if (/^\d{1,4}$/.test(text)) return Number(text);
    note(field, 'RETURN_NUMBER_INVALID');
    return undefined;
  };
  const word = <Code extends string>(field: QuestionnaireField, names: Record<Code, string>): Code | undefined => {
    const text = cells[field];
    if (!text) return undefined;
    const code = codeOf(names, text);
    if (code === undefined) note(field, 'RETURN_WORD_UNKNOWN');
    return code;
  };
  if (!cells.returnId) note('returnId', 'RETURN_ID_MISSING');
  if (!cells.householdNumber) note('householdNumber', 'RETURN_HOUSEHOLD_MISSING');
  const outcome = codeOf(OUTCOME_NAMES, cells.outcome ?? '');
  if (outcome === undefined) note('outcome', 'RETURN_OUTCOME_UNKNOWN');
  if (!isDay(cells.visitedOn ?? '')) note('visitedOn', 'RETURN_DATE_INVALID');
  const income = cells.income ? parseYuan(cells.income) : undefined;
  if (income === null) note('income', 'RETURN_NUMBER_INVALID');
  const evidence = (cells.evidence ?? '').split(/[;；,，、\s]+/).filter((hash) => hash !== '');
  if (evidence.some((hash) => !/^[0-9a-f]{64}$/.test(hash))) note('evidence', 'RETURN_EVIDENCE_INVALID');
  const found = ASSURANCES.map((each) => [each, word(each, FINDING_NAMES)] as const);
  const isSeen = found.some(([, finding]) => finding !== undefined);
  const optional = {
    corrects: cells.corrects || undefined,
    persons: whole('persons'),
    perCapitaIncomeFen: income ?? undefined,
    assurances: isSeen ? Object.fromEntries(found.filter(([, finding]) => finding !== undefined)) : undefined,
    poor: word('poor', FINDING_NAMES),
    wronglyExited: whole('wronglyExited'),
    missed: whole('missed'),
    judgement: cells.judgement || undefined,
    approval: word('approval', APPROVAL_NAMES),
  };
  const given = Object.entries(optional).filter(([, value]) => value !== undefined);
  const answer = {
    returnId: cells.returnId ?? '',
    householdNumber: cells.householdNumber ?? '',
    enumerator: cells.enumerator ?? '',
    visitedOn: cells.visitedOn ?? '',
    outcome: outcome ?? 'not-found',
    evidence,
    ...Object.fromEntries(given),
  } as HouseholdReturn;
  return { answer, issues };
}

function isDay(text: string): boolean {
  try {
    businessDay(text);
    return true;
  } catch {
    return false;
  }
}

/** The column an issue of a return as a whole points at. */
export const ISSUE_FIELD: Record<ReturnIssueCode, QuestionnaireField> = {
  RETURN_DATE_OUTSIDE: 'visitedOn',
  RETURN_ANSWERS_MISSING: 'persons',
  RETURN_ANSWERS_WITHOUT_INTERVIEW: 'outcome',
  RETURN_PERSONS_INVALID: 'persons',
  RETURN_INCOME_INVALID: 'income',
  RETURN_WRONG_EXIT_STRATUM: 'wronglyExited',
  RETURN_MISSED_STRATUM: 'missed',
  RETURN_MORE_THAN_PERSONS: 'persons',
  RETURN_JUDGEMENT_MISSING: 'judgement',
  RETURN_EVIDENCE_MISSING: 'evidence',
  RETURN_CORRECTS_ITSELF: 'corrects',
};
