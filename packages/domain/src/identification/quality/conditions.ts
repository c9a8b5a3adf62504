import type { Asked } from '../household/record.ts';
import type { HouseholdRule } from './rule.ts';

/** Asked, and either left empty or filled with something that is no number. */
const noNumber = (value: Asked<number>): boolean => value === null || (value !== undefined && Number.isNaN(value));
const outside = (value: Asked<number>, max: number): boolean => typeof value === 'number' && (value < 0 || value > max);

export const CONDITION_RULES: readonly HouseholdRule[] = [
  {
    id: '3_02_002',
    object: 'household',
    severity: 'error',
    fields: ['safeWater'],
    message: { zh: '是否解决安全饮用水为空', en: 'Safe water is empty' },
    breaks: ({ safeWater }) => safeWater === null,
  },
  {
    id: '3_02_008',
    object: 'household',
    severity: 'error',
    fields: ['housingArea'],
    message: { zh: '住房面积为空或不是数字', en: 'Housing area is empty or not a number' },
    breaks: ({ housingArea }) => noNumber(housingArea),
  },
  {
    id: '3_02_013',
    object: 'household',
    severity: 'error',
    fields: ['roadDistance'],
    message: { zh: '与村主干路距离为空', en: 'Distance to the village main road is empty' },
    breaks: ({ roadDistance }) => roadDistance === null,
  },
  {
    id: '5_14_021',
    object: 'household',
    severity: 'error',
    fields: ['roadDistance'],
    message: { zh: '与村主干路距离不是数字', en: 'Distance to the village main road is not a number' },
    breaks: ({ roadDistance }) => roadDistance !== null && noNumber(roadDistance),
  },
  {
    id: '5_14_008',
    object: 'household',
    severity: 'error',
    fields: ['farmland'],
    message: { zh: '耕地面积小于0或超过 {farmlandMaxMu} 亩', en: 'Farmland below 0 or above {farmlandMaxMu} mu' },
    breaks: ({ farmland }, { quality }) => outside(farmland, quality.farmlandMaxMu),
  },
  {
    id: '5_14_002',
    object: 'household',
    severity: 'error',
    fields: ['woodland'],
    message: { zh: '林地面积小于0或超过 {woodlandMaxMu} 亩', en: 'Woodland below 0 or above {woodlandMaxMu} mu' },
    breaks: ({ woodland }, { quality }) => outside(woodland, quality.woodlandMaxMu),
  },
  {
    id: 'x_03_001',
    object: 'household',
    severity: 'error',
    fields: ['dangerousHouse', 'housingGuarantee'],
    message: { zh: '危房户为“是”但住房安全已保障', en: 'Dangerous house "yes", but the housing guarantee is "met"' },
    breaks: ({ dangerousHouse, housingGuarantee }) => dangerousHouse === true && housingGuarantee === true,
  },
];
