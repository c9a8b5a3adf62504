import { expect, test } from 'vitest';
import type { HouseholdId } from '../../shared/id.ts';
import type { Role } from '../../shared/roles.ts';
import { businessDay } from '../../shared/time.ts';
import { type CaseKind } from '../policy/policy.ts';
import { CASES } from '../policy/policy.fixture.ts';
import { handle } from './decide.ts';
import { evolve } from './evolve.ts';
import { missingFor } from './missing.ts';
import { PROCEDURES } from './steps.ts';
import type { Actor, Appraisal, CaseCommand, CaseEvent, CaseState, Impediments } from './types.ts';

const policy = CASES;
const policyOf = () => policy;
const at = (shanghai: string) => new Date(`${shanghai}+08:00`);
const day = businessDay;
const actor = (accountId: string, role: Role | 'public'): Actor => ({ accountId, role });
const village = actor('village', 'village-officer');
const officer = actor('officer', 'township-officer');
const leader = actor('leader', 'township-leader');
const county = actor('county', 'county-leader');
const clean: Impediments = { openDoubts: 0, qualityErrors: 0, unexplainedWarnings: 0 };
const householdId = '018f0000-0000-7000-8000-000000000001' as HouseholdId;

const meeting = (change: Partial<Appraisal> = {}): Appraisal => ({
  heldOn: day('2024-03-03'),
  entitled: 30,
  present: 21,
  inFavour: 14,
  against: 4,
  abstained: 2,
  recused: 1,
  minutes: 'sha256:minutes',
  photos: [],
  ...change,
});

type Step = readonly [when: string, command: CaseCommand];
const openCase = (kind: CaseKind, on = '2024-03-01'): CaseCommand => ({
  type: 'openCase',
  by: village,
  caseId: 'c1',
  kind,
  householdId,
  on: day(on),
});
const play = (steps: readonly Step[], from: CaseState | null = null): CaseState => {
  const state = steps.reduce<CaseState | null>(
    (s, [when, command]) => handle(s, command, at(when), policy).state,
    from,
  );
  if (!state) throw new Error('no steps');
  return state;
};

const toAppraisal: readonly Step[] = [
  ['2024-03-01T09:00:00', openCase('registration')],
  ['2024-03-02T09:00:00', { type: 'recordSurvey', by: village, on: day('2024-03-01') }],
  ['2024-03-02T10:00:00', { type: 'submitApplication', by: village, on: day('2024-03-02'), authorised: true }],
];
const toNotice: readonly Step[] = [
  ...toAppraisal,
  ['2024-03-03T17:00:00', { type: 'recordAppraisal', by: village, appraisal: meeting() }],
];
const noticed: readonly Step[] = [
  ...toNotice,
  ['2024-03-04T15:00:00', { type: 'openNotice', by: village, contentHash: 'h1' }],
];
const toTownship: readonly Step[] = [
  ...noticed,
  ['2024-03-12T00:00:00', { type: 'closeNotice', by: village }],
  [
    '2024-03-13T09:00:00',
    { type: 'recordVerification', by: village, on: day('2024-03-13'), qualifies: true, openDoubts: 0 },
  ],
  ['2024-03-14T09:00:00', { type: 'openNotice', by: officer, contentHash: 'h2' }],
  ['2024-03-22T08:00:00', { type: 'closeNotice', by: officer }],
];
const toCounty: readonly Step[] = [
  ...toTownship,
  ['2024-03-22T09:00:00', { type: 'approveTownship', by: leader, impediments: clean }],
];
const toAnnouncement: readonly Step[] = [
  ...toCounty,
  ['2024-03-23T09:00:00', { type: 'approveCounty', by: county, impediments: clean }],
];
const announce: Step = [
  '2024-03-25T09:00:00',
  { type: 'announce', by: county, on: day('2024-03-25'), documentNumber: '县扶发〔2024〕3号' },
];

test('given all eight steps in order, then the household is on the register and every step is dated and signed', () => {
  const state = play([...toAnnouncement, announce]);
  expect(state.status).toBe('completed');
  expect(state.history.map((e) => e.type)).toEqual([
    'caseOpened',
    'surveyRecorded',
    'applicationSubmitted',
    'appraisalRecorded',
    'noticeOpened',
    'noticeClosed',
    'verificationRecorded',
    'noticeOpened',
    'noticeClosed',
    'townshipApproved',
    'countyApproved',
    'announced',
  ]);
  expect(state.doneOn['village-notice']).toBe('2024-03-12');
  expect(missingFor(state, at('2024-04-01T09:00:00'), policyOf)).toBeNull();
  expect(() => play([['2024-04-01T09:00:00', { type: 'withdraw', by: village, reason: 'x' }]], state)).toThrow(
    'CASE_ENDED',
  );
});

test('the history alone rebuilds the case', () => {
  const state = play(toAnnouncement);
  expect(state.history.reduce<CaseState | null>(evolve, null)).toEqual(state);
  const stored = JSON.parse(JSON.stringify(state.history)) as CaseEvent[];
  expect(stored.reduce<CaseState | null>(evolve, null)).toEqual(state);
});

test('a step out of order, a second opening and a command before it are refused', () => {
  const early: Step = ['2024-03-02T11:00:00', { type: 'approveCounty', by: county, impediments: clean }];
  expect(() => play([early], play(toAppraisal))).toThrow('CASE_STEP_WRONG');
  expect(() => play([['2024-03-02T11:00:00', openCase('registration')]], play(toAppraisal))).toThrow('CASE_EXISTS');
  expect(() => play([early])).toThrow('CASE_NOT_FOUND');
});

test('a fact may not lie in the future, before the step it follows, or be recorded before the last entry', () => {
  const held = (heldOn: string, when = '2024-03-03T09:00:00'): Step => [
    when,
    { type: 'recordAppraisal', by: village, appraisal: meeting({ heldOn: day(heldOn) }) },
  ];
  const state = play(toAppraisal);
  expect(() => play([held('2024-03-04')], state)).toThrow('CASE_DAY_FUTURE');
  expect(() => play([held('2024-03-01')], state)).toThrow('CASE_DAY_BEFORE_STEP');
  expect(() => play([held('2024-03-02', '2024-03-02T09:59:59')], state)).toThrow('CASE_CLOCK_BACKWARDS');
  expect(play([held('2024-03-02')], state).pending[0]).toBe('village-notice');
});

test('an application without authorisation to check the data is refused', () => {
  const submit: Step = [
    '2024-03-02T10:00:00',
    { type: 'submitApplication', by: village, on: day('2024-03-02'), authorised: false },
  ];
  expect(() => play([...toAppraisal.slice(0, 2), submit])).toThrow('APPLICATION_NOT_AUTHORISED');
});

test.each<[string, Partial<Appraisal>, string]>([
  [
    '20 of 31 present are no quorum',
    { entitled: 31, present: 20, inFavour: 20, against: 0, abstained: 0, recused: 0 },
    'APPRAISAL_NO_QUORUM',
  ],
  ['more present than entitled', { entitled: 20 }, 'APPRAISAL_PRESENT_EXCEEDS'],
  ['votes that do not add up', { inFavour: 15 }, 'APPRAISAL_VOTES_MISMATCH'],
  ['a half vote', { inFavour: 13.5, against: 4.5 }, 'APPRAISAL_COUNT_INVALID'],
  ['no minutes', { minutes: '' }, 'APPRAISAL_MINUTES_MISSING'],
  ['everybody recused', { inFavour: 0, against: 0, abstained: 0, recused: 21 }, 'APPRAISAL_NO_VOTERS'],
])('an appraisal is refused: %s', (_name, change, code) => {
  expect(() =>
    play(
      [['2024-03-03T17:00:00', { type: 'recordAppraisal', by: village, appraisal: meeting(change) }]],
      play(toAppraisal),
    ),
  ).toThrow(code);
});

test.each([
  [14, 6, 'open'],
  [13, 7, 'refused'],
])('with 20 voters, %i in favour and %i not: the case is %s', (inFavour, against, status) => {
  const appraisal = meeting({ entitled: 30, present: 20, inFavour, against, abstained: 0, recused: 0 });
  expect(
    play([['2024-03-03T17:00:00', { type: 'recordAppraisal', by: village, appraisal }]], play(toAppraisal)).status,
  ).toBe(status);
});

test('a notice cannot be closed before seven full days, nor by a stranger to the step', () => {
  const state = play(noticed);
  expect(() => play([['2024-03-11T23:59:59.999', { type: 'closeNotice', by: village }]], state)).toThrow(
    'NOTICE_TOO_EARLY',
  );
  expect(() => play([['2024-03-12T00:00:00', { type: 'closeNotice', by: leader }]], state)).toThrow('CASE_ROLE_WRONG');
  expect(play([['2024-03-12T00:00:00', { type: 'closeNotice', by: village }]], state).pending[0]).toBe('verification');
});

const object = (when: string, objectionId = 'o1'): Step => [
  when,
  { type: 'fileObjection', by: actor('', 'public'), objectionId },
];
const answer = (when: string, outcome: 'upheld' | 'dismissed', objectionId = 'o1', text = '已核实'): Step => [
  when,
  { type: 'answerObjection', by: village, objectionId, outcome, answer: text },
];

test('given an objection, when it is dismissed in writing, then the notice hangs longer by the time lost', () => {
  const stopped = play([object('2024-03-06T00:00:00')], play(noticed));
  expect(() => play([['2024-04-06T00:00:00', { type: 'closeNotice', by: village }]], stopped)).toThrow(
    'OBJECTION_OPEN',
  );
  expect(() => play([answer('2024-03-08T00:00:00', 'dismissed', 'o1', ' ')], stopped)).toThrow(
    'OBJECTION_ANSWER_MISSING',
  );
  expect(() => play([answer('2024-03-08T00:00:00', 'dismissed', 'o2')], stopped)).toThrow('OBJECTION_UNKNOWN');
  const running = play([answer('2024-03-08T00:00:00', 'dismissed')], stopped);
  expect(() => play([['2024-03-13T23:59:59', { type: 'closeNotice', by: village }]], running)).toThrow(
    'NOTICE_TOO_EARLY',
  );
  expect(play([['2024-03-14T00:00:00', { type: 'closeNotice', by: village }]], running).pending[0]).toBe(
    'verification',
  );
  expect(() => play([object('2024-03-09T00:00:00')], running)).toThrow('OBJECTION_TWICE');
});

test('two objections: the clock stands until the last is answered; none is left without an answer', () => {
  const both = play([object('2024-03-06T00:00:00'), object('2024-03-07T00:00:00', 'o2')], play(noticed));
  expect(() => play([answer('2024-03-08T00:00:00', 'upheld')], both)).toThrow('OBJECTION_OPEN');
  const one = play([answer('2024-03-08T00:00:00', 'dismissed')], both);
  expect(missingFor(one, at('2024-03-09T00:00:00'), policyOf)).toMatchObject({
    need: 'NEED_OBJECTION_ANSWER',
    params: { count: 1, days: 6, hours: 0 },
    earliest: null,
  });
  expect(
    missingFor(play([answer('2024-03-09T00:00:00', 'dismissed', 'o2')], one), at('2024-03-09T00:00:00'), policyOf)
      ?.earliest,
  ).toEqual(at('2024-03-15T00:00:00'));
});

test('given an objection to the village notice is upheld, then verification comes first and the notice again', () => {
  const back = play([object('2024-03-06T00:00:00'), answer('2024-03-08T00:00:00', 'upheld')], play(noticed));
  expect(back.pending.slice(0, 3)).toEqual(['verification', 'village-notice', 'township-notice']);
  const verified = play(
    [
      [
        '2024-03-09T09:00:00',
        { type: 'recordVerification', by: village, on: day('2024-03-09'), qualifies: true, openDoubts: 0 },
      ],
    ],
    back,
  );
  const again = play(
    [['2024-03-10T09:00:00', { type: 'sendBack', by: village, toStep: 'verification', reason: '补充材料' }]],
    verified,
  );
  expect(again.pending.slice(0, 3)).toEqual(['verification', 'village-notice', 'township-notice']);
});

test('verification: an open doubt blocks, a household that does not qualify ends the case', () => {
  const state = play(toTownship.slice(0, 6));
  const verify = (qualifies: boolean, openDoubts: number): Step => [
    '2024-03-13T09:00:00',
    { type: 'recordVerification', by: village, on: day('2024-03-13'), qualifies, openDoubts },
  ];
  expect(() => play([verify(true, 1)], state)).toThrow('CASE_DOUBTS_OPEN');
  expect(play([verify(false, 0)], state).status).toBe('refused');
});

test.each<[keyof Impediments, string]>([
  ['openDoubts', 'CASE_DOUBTS_OPEN'],
  ['qualityErrors', 'CASE_QUALITY_ERRORS'],
  ['unexplainedWarnings', 'CASE_WARNINGS_UNEXPLAINED'],
])('an approval is blocked by %s', (field, code) => {
  const impediments = { ...clean, [field]: 1 };
  expect(() =>
    play([['2024-03-23T09:00:00', { type: 'approveTownship', by: leader, impediments }]], play(toTownship)),
  ).toThrow(code);
  expect(() =>
    play([['2024-03-23T09:00:00', { type: 'approveCounty', by: county, impediments }]], play(toCounty)),
  ).toThrow(code);
});

test('entered, reviewed and approved are three accounts, also after a correction', () => {
  const enteredIt = actor('village', 'township-leader');
  expect(() =>
    play([['2024-03-23T09:00:00', { type: 'approveTownship', by: enteredIt, impediments: clean }]], play(toTownship)),
  ).toThrow('SEPARATION_OF_DUTIES');
  const reviewedIt = actor('leader', 'county-leader');
  expect(() =>
    play([['2024-03-23T09:00:00', { type: 'approveCounty', by: reviewedIt, impediments: clean }]], play(toCounty)),
  ).toThrow('SEPARATION_OF_DUTIES');
  const back = play(
    [['2024-03-23T09:00:00', { type: 'sendBack', by: county, toStep: 'survey', reason: '人口有误' }]],
    play(toCounty),
  );
  const reviewerEnters: Step = [
    '2024-03-23T10:00:00',
    { type: 'recordSurvey', by: actor('leader', 'village-officer'), on: day('2024-03-23') },
  ];
  expect(() => play([reviewerEnters], back)).toThrow('SEPARATION_OF_DUTIES');
  expect(missingFor(back, at('2024-03-23T10:00:00'), policyOf)?.excluded).toEqual(['leader']);
});

test('sending back keeps the history, repeats the steps from there and needs a reason and a standing', () => {
  const state = play(toCounty);
  const sendBack = (by: Actor, toStep: CaseState['pending'][number], reason: string): Step => [
    '2024-03-23T09:00:00',
    { type: 'sendBack', by, toStep, reason },
  ];
  expect(() => play([sendBack(village, 'appraisal', '票数录错')], state)).toThrow('CASE_ROLE_WRONG');
  expect(() => play([sendBack(county, 'appraisal', '')], state)).toThrow('CASE_REASON_MISSING');
  expect(() => play([sendBack(county, 'announcement', 'x')], state)).toThrow('CASE_SEND_BACK_TARGET');
  expect(() => play([sendBack(county, 'mobilise', 'x')], state)).toThrow('CASE_SEND_BACK_TARGET');
  const back = play([sendBack(county, 'appraisal', '票数录错')], state);
  expect(back.pending).toEqual(PROCEDURES.registration.slice(3).map((s) => s.id));
  expect(back.history.length).toBe(state.history.length + 1);
});

test('a reviewer may refuse with a reason, a household may withdraw, an official below the level may not', () => {
  const state = play(toTownship);
  expect(play([['2024-03-23T09:00:00', { type: 'refuse', by: leader, reason: '收入超线' }]], state).status).toBe(
    'refused',
  );
  expect(() => play([['2024-03-23T09:00:00', { type: 'refuse', by: village, reason: 'x' }]], state)).toThrow(
    'CASE_ROLE_WRONG',
  );
  expect(() => play([['2024-03-05T09:00:00', { type: 'refuse', by: village, reason: 'x' }]], play(noticed))).toThrow(
    'CASE_STEP_WRONG',
  );
  const household = actor('hh', 'household');
  expect(play([['2024-03-23T09:00:00', { type: 'withdraw', by: household, reason: '不再需要' }]], state).status).toBe(
    'withdrawn',
  );
  expect(() => play([['2024-03-23T09:00:00', { type: 'withdraw', by: village, reason: 'x' }]], state)).toThrow(
    'CASE_ROLE_WRONG',
  );
});

test('what is missing names the need, who can do it and from when', () => {
  expect(missingFor(play(toNotice), at('2024-03-04T09:00:00'), policyOf)).toMatchObject({
    need: 'NEED_NOTICE_OPEN',
    params: { days: 7 },
  });
  expect(missingFor(play(noticed), at('2024-03-10T12:00:00'), policyOf)).toMatchObject({
    step: 'village-notice',
    official: 5,
    need: 'NEED_NOTICE_TIME',
    params: { days: 1, hours: 12 },
    earliest: at('2024-03-12T00:00:00'),
  });
  expect(missingFor(play(noticed), at('2024-03-12T00:00:00'), policyOf)?.need).toBe('NEED_NOTICE_CLOSE');
  expect(missingFor(play(toTownship), at('2024-03-23T09:00:00'), policyOf)).toMatchObject({
    need: 'NEED_TOWNSHIP_APPROVAL',
    roles: ['township-leader'],
    excluded: ['village', 'officer'],
  });
});

test('a monitored household: one notice of five days, the whole within fifteen, lateness is shown', () => {
  const steps: readonly Step[] = [
    ['2024-03-02T09:00:00', openCase('monitoring', '2024-03-01')],
    ['2024-03-02T10:00:00', { type: 'submitApplication', by: village, on: day('2024-03-02'), authorised: true }],
    [
      '2024-03-03T10:00:00',
      { type: 'recordVerification', by: village, on: day('2024-03-03'), qualifies: true, openDoubts: 0 },
    ],
    [
      '2024-03-04T10:00:00',
      { type: 'recordAppraisal', by: village, appraisal: meeting({ heldOn: day('2024-03-04') }) },
    ],
    ['2024-03-04T11:00:00', { type: 'openNotice', by: village, contentHash: 'h' }],
  ];
  const state = play(steps);
  expect(state.deadline).toBe('2024-03-16');
  expect(() => play([['2024-03-09T23:59:59', { type: 'closeNotice', by: village }]], state)).toThrow(
    'NOTICE_TOO_EARLY',
  );
  const rest: readonly Step[] = [
    ['2024-03-10T00:00:00', { type: 'closeNotice', by: village }],
    ['2024-03-11T09:00:00', { type: 'approveTownship', by: leader, impediments: clean }],
  ];
  const waiting = play(rest, state);
  expect(missingFor(waiting, at('2024-03-13T23:59:59'), policyOf)).toMatchObject({
    deadline: '2024-03-13',
    overdueDays: 0,
  });
  expect(missingFor(waiting, at('2024-03-18T09:00:00'), policyOf)?.overdueDays).toBe(5);
  const done = play([['2024-03-17T09:00:00', { type: 'approveCounty', by: county, impediments: clean }]], waiting);
  expect(done.status).toBe('completed');
});

test('nobody leaves the register without agreeing: a refused acceptance ends the exit', () => {
  const steps = (accepted: boolean, signature = 'sig'): readonly Step[] => [
    ['2024-03-01T09:00:00', openCase('exit')],
    ['2024-03-03T09:00:00', { type: 'recordAppraisal', by: village, appraisal: meeting() }],
    ['2024-03-04T09:00:00', { type: 'approvePreExit', by: county }],
    ['2024-06-01T09:00:00', { type: 'recordHelp', by: village, on: day('2024-06-01') }],
    [
      '2024-06-02T09:00:00',
      { type: 'recordVerification', by: village, on: day('2024-06-02'), qualifies: true, openDoubts: 0 },
    ],
    ['2024-06-03T09:00:00', { type: 'recordAcceptance', by: village, on: day('2024-06-03'), accepted, signature }],
  ];
  expect(play(steps(true)).pending[0]).toBe('village-notice');
  expect(play(steps(false)).status).toBe('refused');
  expect(() => play(steps(true, ''))).toThrow('ACCEPTANCE_NOT_SIGNED');
});
