import type { CaseEvent, CaseState } from '@bangfu/domain/identification/case/types';
import type { Reason } from '@bangfu/domain/identification/case/offer';
import type { StepId } from '@bangfu/domain/identification/case/steps';
import { IDENTIFICATION_WORDS } from '@bangfu/domain/identification/messages';
import { CAUSE, HOUSEHOLD_CATEGORY } from '@bangfu/domain/identification/roster/dictionaries';
import { DomainError } from '@bangfu/domain/shared/errors';
import { ROLE_NAMES, type Role } from '@bangfu/domain/shared/roles';
import { render } from '@bangfu/platform/http/messages';
import { MESSAGES } from '../../messages.ts';

type Language = 'zh' | 'en';
type Text = Readonly<Record<Language, string>>;

const isWord = (code: string | number): code is keyof typeof IDENTIFICATION_WORDS => code in IDENTIFICATION_WORDS;

/** The name of a step, duty or status in the reader's language. */
export function word(code: StepId | CaseState['status'], language: Language): string {
  return IDENTIFICATION_WORDS[code][language];
}

function worded(params: DomainError['params'], language: Language): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      isWord(value) ? IDENTIFICATION_WORDS[value][language] : value,
    ]),
  );
}

/** The text of a refusal or a need with its words filled in. */
export function sayCode(code: string, params: DomainError['params'], language: Language): string {
  return render(MESSAGES, code, worded(params, language), language);
}

/** Why an act is not offered, in words; of a wrong role, who does the step instead. */
export function sayReason({ code, params }: Reason, roles: readonly Role[], language: Language): string {
  if (code !== 'CASE_ROLE_WRONG') return sayCode(code, params, language);
  const names = roles.map((role) => ROLE_NAMES[role]).join('、');
  return language === 'zh' ? `这一步由${names}办理` : `This step is for: ${roles.join(', ')}`;
}

/** Runs a command on cases; a refusal of theirs names steps and duties by their words, not by their codes. */
export async function speaking<T>(language: Language, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof DomainError ? new DomainError(error.code, worded(error.params, language)) : error;
  }
}

const EVENTS: Readonly<Record<CaseEvent['type'], Text>> = {
  caseOpened: { zh: '建立案卷', en: 'Case opened' },
  surveyRecorded: { zh: '完成入户调查', en: 'Survey recorded' },
  applicationSubmitted: { zh: '农户提交申请', en: 'Application submitted' },
  appraisalRecorded: { zh: '民主评议', en: 'Appraisal recorded' },
  noticeOpened: { zh: '张贴公示', en: 'Notice opened' },
  objectionFiled: { zh: '收到异议，公示暂停', en: 'Objection filed, the clock stands' },
  objectionAnswered: { zh: '书面答复异议', en: 'Objection answered' },
  noticeClosed: { zh: '公示期满', en: 'Notice closed' },
  verificationRecorded: { zh: '完成深度核查', en: 'Verification recorded' },
  preExitApproved: { zh: '县级预退出', en: 'Pre-exit approved' },
  helpRecorded: { zh: '强化帮扶', en: 'Help recorded' },
  acceptanceRecorded: { zh: '农户签字认可', en: 'Acceptance recorded' },
  townshipApproved: { zh: '乡镇审核通过', en: 'Approved by the township' },
  countyApproved: { zh: '县级审定通过', en: 'Approved by the county' },
  announced: { zh: '公告建档', en: 'Announced' },
  refused: { zh: '不予通过', en: 'Refused' },
  sentBack: { zh: '退回', en: 'Sent back' },
  withdrawn: { zh: '撤回案卷', en: 'Withdrawn' },
};

const LABELS: Readonly<Record<string, Text>> = {
  surveyors: { zh: '调查人', en: 'Surveyors' },
  enter: { zh: '一进（进家门）', en: 'Entered' },
  look: { zh: '二看（看住房、家电、农具、耕地水源、成员）', en: 'Looked' },
  compute: { zh: '三算（算收入支出）', en: 'Computed' },
  compare: { zh: '四比（比左邻右舍）', en: 'Compared' },
  appraise: { zh: '五议（议是否够条件）', en: 'Discussed' },
  decide: { zh: '六定（定初步意见）', en: 'Decided' },
  applicant: { zh: '申请人', en: 'Applicant' },
  reasons: { zh: '申请理由', en: 'Reasons' },
  place: { zh: '会议地点', en: 'Place' },
  chair: { zh: '主持人', en: 'Chair' },
  votes: { zh: '表决', en: 'Votes' },
  minutes: { zh: '会议记录', en: 'Minutes' },
  outcome: { zh: '结论', en: 'Outcome' },
  verifiers: { zh: '核查人', en: 'Verifiers' },
  result: { zh: '核查情况', en: 'Result' },
  category: { zh: '贫困户属性', en: 'Category' },
  mainCause: { zh: '主要致贫原因', en: 'Main cause' },
  opinion: { zh: '意见', en: 'Opinion' },
  documentNumber: { zh: '公告文号', en: 'Document' },
  exceeding: {
    zh: '收入高于标准或本年没有标准，仍拟识别的理由',
    en: 'Why it qualifies above the line, or without a line of this year',
  },
  reason: { zh: '原因', en: 'Reason' },
  toStep: { zh: '退回到', en: 'Back to' },
  answer: { zh: '答复', en: 'Answer' },
  contentHash: { zh: '内容封存码', en: 'Seal' },
};

const ORDER = Object.keys(LABELS);

const yesNo = (yes: Text, no: Text) => (is: boolean) => (is ? yes : no);
const accepted = yesNo({ zh: '同意', en: 'in favour' }, { zh: '不同意，案卷终止', en: 'against, the case ends' });
const qualifies = yesNo({ zh: '符合条件', en: 'qualifies' }, { zh: '不符合条件，案卷终止', en: 'does not qualify' });
const upheld = yesNo({ zh: '异议成立，退回核查', en: 'upheld' }, { zh: '异议不成立，公示继续', en: 'dismissed' });

/** What an event says by itself, beside the paper's details. */
function facts(event: CaseEvent, language: Language): Record<string, string> {
  switch (event.type) {
    case 'appraisalRecorded': {
      const { entitled, present, inFavour, against, abstained, recused } = event.appraisal;
      const votes =
        language === 'zh'
          ? `应到 ${entitled} 人，实到 ${present} 人；赞成 ${inFavour}，反对 ${against}，弃权 ${abstained}，回避 ${recused}`
          : `${present} of ${entitled} present; ${inFavour} for, ${against} against, ${abstained} abstained, ${recused} recused`;
      return { votes, outcome: accepted(event.accepted)[language] };
    }
    case 'verificationRecorded': {
      const { category, mainCause } = event.classification ?? {};
      return {
        outcome: qualifies(event.qualifies)[language],
        ...(category && { category: HOUSEHOLD_CATEGORY.label(category) }),
        ...(mainCause && { mainCause: CAUSE.label(mainCause) }),
      };
    }
    case 'noticeOpened':
      return { contentHash: event.contentHash };
    case 'objectionAnswered':
      return { outcome: upheld(event.outcome === 'upheld')[language], answer: event.answer };
    case 'sentBack':
      return { toStep: word(event.toStep, language), reason: event.reason };
    case 'refused':
    case 'withdrawn':
      return { reason: event.reason };
    default:
      return {};
  }
}

/** An event as its reader sees it: what happened, and the paper's entries under their labels. */
export function describeEvent(
  event: CaseEvent,
  details: Readonly<Record<string, string>>,
  language: Language,
): { what: string; details: { label: string; value: string }[] } {
  const explained = { zh: '预警说明', en: 'Explanation' };
  // The database keeps no order of its own; the paper's is the labels'.
  const rank = (key: string) => (key in LABELS ? ORDER.indexOf(key) : ORDER.length);
  const all = Object.entries({ ...details, ...facts(event, language) }).sort(([a], [b]) => rank(a) - rank(b));
  return {
    what: EVENTS[event.type][language],
    details: all.map(([key, value]) => {
      const label = LABELS[key] ?? explained;
      return {
        label: key in LABELS ? label[language] : `${label[language]} ${key.slice(key.indexOf(':') + 1)}`,
        value,
      };
    }),
  };
}
