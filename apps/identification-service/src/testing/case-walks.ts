import { call, type Connection } from '@bangfu/contracts/core/client';
import {
  getCase,
  openCases,
  recordAppraisal,
  recordSurvey,
  recordVerification,
  submitApplication,
} from '@bangfu/contracts/identification/cases';
import { closeNotice, openNotice } from '@bangfu/contracts/identification/notices';

/** What the survey of these tests finds, and how their meetings vote. */
export const FINDINGS = {
  enter: '已入户',
  look: '土房两间',
  compute: '年人均约两千元',
  compare: '低于邻居',
  appraise: '符合',
  decide: '拟识别',
};
/** No county of these tests has a line of their years. */
export const WITHOUT_LINE = '本年没有标准，按两不愁三保障认定';
const VOTES = { entitled: 30, present: 24, inFavour: 20, against: 2, abstained: 1, recused: 1 };

/** What every household of these tests is found to be. */
export const FOUND = { category: 'low-income-allowance', mainCause: 'illness' } as const;

/** Who walks, and how: set before each walk. */
export interface Walkers {
  readonly office: () => Connection;
  readonly village: () => Connection;
  /** A household's id by its head's name. */
  readonly household: (head: string) => string;
  /** Sets the clock to noon of a day. */
  readonly at: (day: string) => void;
}

/** The ways through a case that several tests take. */
export function caseWalks(people: Walkers) {
  const picked = async (caseId: string, as: Connection = people.office()) => {
    const { version } = await call(as, getCase, { params: { caseId } });
    return { caseId, version };
  };

  /** Walks a household from mobilisation to the appraisal, all on one day by the village officer. */
  async function upToAppraisal(head: string, day: string, by: Connection = people.village()): Promise<string> {
    people.at(day);
    const opened = await call(by, openCases, { body: { householdIds: [people.household(head)], on: day } });
    const caseId = opened.cases[0]?.id ?? '';
    const params = { caseId };
    await call(by, recordSurvey, {
      params,
      body: { version: 1, on: day, surveyors: '村干部二人', findings: FINDINGS, exceeding: WITHOUT_LINE },
    });
    const application = { version: 2, on: day, applicant: head, reasons: '缺少发展资金', authorised: true };
    await call(by, submitApplication, { params, body: application });
    const meeting = {
      version: 3,
      heldOn: day,
      place: '村部',
      chair: '村支书',
      minutes: '到会代表逐户评议。',
      ...VOTES,
    };
    await call(by, recordAppraisal, { params, body: meeting });
    return caseId;
  }

  /** Hangs a notice of the cases and takes it down when its seven full days are over. */
  async function served(caseIds: string[], opened: string, closed: string, by: Connection): Promise<string> {
    people.at(opened);
    const cases = await Promise.all(caseIds.map((caseId) => picked(caseId)));
    const { noticeId } = await call(by, openNotice, { body: { cases } });
    people.at(closed);
    await call(by, closeNotice, { params: { noticeId }, body: {} });
    return noticeId;
  }

  const verify = async (
    caseId: string,
    day: string,
    by: Connection,
    explanations: { ruleId: string; text: string }[] = [],
  ) => {
    people.at(day);
    const { version } = await picked(caseId);
    const body = {
      version,
      on: day,
      verifiers: '乡村核查组',
      result: '与申报一致',
      qualifies: true,
      explanations,
      ...FOUND,
    };
    return call(by, recordVerification, { params: { caseId }, body });
  };

  return { picked, upToAppraisal, served, verify };
}
