import type { VillageRecord } from '../household/record.ts';
import type { VillageRule } from './rule.ts';

type Field = keyof VillageRecord & string;

const village = (
  id: string,
  fields: readonly Field[],
  zh: string,
  en: string,
  breaks: VillageRule['breaks'],
): VillageRule => ({
  id,
  object: 'village',
  severity: 'error',
  fields,
  message: { zh, en },
  breaks,
});
const empty = (id: string, fields: readonly Field[], zh: string, en: string): VillageRule =>
  village(id, fields, zh, en, (v) => fields.some((field) => v[field] === null));

export const VILLAGE_RULES: readonly VillageRule[] = [
  village('3_03_003', ['households'], '总户数为空或为0', 'Households empty or 0', (v) => !v.households),
  village('1_03_002', ['population'], '总人口为空或为0', 'Population empty or 0', (v) => !v.population),
  village(
    '3_03_001',
    ['householdsWithoutSafeWater', 'householdsInDangerousHouses', 'households'],
    '饮水不安全户与危房户之和大于总户数',
    'Households without safe water and in dangerous houses exceed all households',
    (v) =>
      v.households !== null &&
      (v.householdsWithoutSafeWater ?? 0) + (v.householdsInDangerousHouses ?? 0) > v.households,
  ),
  empty('1_03_009', ['clinics'], '卫生室数为空', 'Clinics are empty'),
  empty('1_03_013', ['readingRooms'], '农家书屋数为空', 'Reading rooms are empty'),
  empty(
    '1_03_014',
    ['allowanceHouseholds', 'allowancePersons'],
    '低保户数或人数为空',
    'Allowance households or persons are empty',
  ),
  empty('1_03_015', ['hardshipPersons'], '特困供养人数为空', 'Extreme-hardship persons are empty'),
  empty('1_03_016', ['disabledPersons'], '残疾人数为空', 'Disabled persons are empty'),
  village(
    'x_06_001',
    ['registeredHouseholds', 'households'],
    '建档立卡户数大于总户数',
    'Registered households exceed all households',
    (v) => v.households !== null && (v.registeredHouseholds ?? 0) > v.households,
  ),
];
