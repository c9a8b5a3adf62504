import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CELL_ORDER, isAnswered, type QuestionnaireCells, readQuestionnaire } from './questionnaire.ts';

const HASH = 'ab'.repeat(32);
const CELLS: QuestionnaireCells = {
  returnId: '1012000039-1',
  householdNumber: '1012000039',
  enumerator: '评估员甲',
  visitedOn: '2026-07-03',
  outcome: '访谈完成',
  persons: '4',
  income: '3,500.5',
  food: '是',
  clothing: '是',
  education: '是',
  medical: '是',
  housing: '否',
  water: '不清楚',
  wronglyExited: '4',
  missed: '0',
  judgement: '住房不安全',
  approval: '认可',
  evidence: `${HASH}；${HASH}`,
};

describe('a row of the questionnaire', () => {
  it('given every cell filled, then the return holds each answer, income in fen', () => {
    const { answer, issues } = readQuestionnaire(CELLS);
    expect(issues).toEqual([]);
    expect(answer).toEqual({
      returnId: '1012000039-1',
      householdNumber: '1012000039',
      enumerator: '评估员甲',
      visitedOn: '2026-07-03',
      outcome: 'interviewed',
      persons: 4,
      perCapitaIncomeFen: 350_050,
      assurances: { food: 'yes', clothing: 'yes', education: 'yes', medical: 'yes', housing: 'no', water: 'unknown' },
      wronglyExited: 4,
      missed: 0,
      judgement: '住房不安全',
      approval: 'approves',
      evidence: [HASH, HASH],
    });
  });

  it('given only an outcome, then nothing else is made up', () => {
    const { answer, issues } = readQuestionnaire({
      returnId: 'r',
      householdNumber: 'h',
      visitedOn: '2026-07-03',
      outcome: '拒绝访谈',
    });
    expect(issues).toEqual([]);
    expect(answer).toEqual({
      returnId: 'r',
      householdNumber: 'h',
      enumerator: '',
      visitedOn: '2026-07-03',
      outcome: 'refused',
      evidence: [],
    });
  });

  it.each([
    ['returnId', '', 'RETURN_ID_MISSING'],
    ['householdNumber', '', 'RETURN_HOUSEHOLD_MISSING'],
    ['outcome', '没去', 'RETURN_OUTCOME_UNKNOWN'],
    ['visitedOn', '2026-02-30', 'RETURN_DATE_INVALID'],
    ['persons', '四', 'RETURN_NUMBER_INVALID'],
    ['income', '约三千', 'RETURN_NUMBER_INVALID'],
    ['water', '也许', 'RETURN_WORD_UNKNOWN'],
    ['approval', '满意', 'RETURN_WORD_UNKNOWN'],
    ['evidence', 'photo.jpg', 'RETURN_EVIDENCE_INVALID'],
  ] as const)('given %s as "%s", then it is %s in that cell', (field, value, code) => {
    expect(readQuestionnaire({ ...CELLS, [field]: value }).issues).toEqual([{ field, value, code }]);
  });

  it('given whatever in its cells, then it is read without a fault', () => {
    const anything = fc.dictionary(fc.constantFrom(...CELL_ORDER), fc.string());
    fc.assert(fc.property(anything, (cells) => Array.isArray(readQuestionnaire(cells).answer.evidence)));
  });

  it('counts as used only when an answer column is filled', () => {
    expect(isAnswered({ returnId: 'r', householdNumber: 'h', headName: '王' })).toBe(false);
    expect(isAnswered({ outcome: '拒绝访谈' })).toBe(true);
  });
});
