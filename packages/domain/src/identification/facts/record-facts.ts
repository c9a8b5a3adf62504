import { MEASURE, WORK_STATUS } from '../roster/dictionaries.ts';
import type { Facts } from './fact.ts';
import { code, day, fen, text } from './kind.ts';

/** A stay at work away from the farm, of which a person has any number. */
export const WORK_FACTS = {
  startsOn: { kind: day, zh: '开始时间', en: 'Begins', section: 'labour', required: true, headings: {} },
  endsOn: { kind: day, zh: '结束时间', en: 'Ends', section: 'labour', headings: {} },
  area: { kind: code(WORK_STATUS), zh: '务工地点', en: 'Where', section: 'labour', headings: {} },
  employer: { kind: text, zh: '用工单位', en: 'Employer', section: 'labour', headings: {} },
  monthlyWage: { kind: fen, zh: '月工资', en: 'Monthly wage', section: 'labour', headings: {} },
} as const satisfies Facts;

/** A measure taken for a household, of which it has any number. */
export const MEASURE_FACTS = {
  measure: { kind: code(MEASURE), zh: '帮扶措施', en: 'Measure', section: 'assistance', required: true, headings: {} },
  startsOn: { kind: day, zh: '开始时间', en: 'Begins', section: 'assistance', required: true, headings: {} },
  endsOn: { kind: day, zh: '结束时间', en: 'Ends', section: 'assistance', headings: {} },
  note: { kind: text, zh: '说明', en: 'Note', section: 'assistance', headings: {} },
} as const satisfies Facts;
