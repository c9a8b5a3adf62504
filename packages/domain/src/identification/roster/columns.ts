import { headerKey } from '../../shared/normalise.ts';

/** How a column's cells are read. `id` is an ID number, `code` a household or person number, `yuan` money. */
export type ColumnKind = 'text' | 'id' | 'code' | 'number' | 'yuan' | 'yesNo' | 'dictionary' | 'region' | 'date';

interface ColumnFacts {
  readonly header: string;
  readonly synonyms: readonly string[];
  readonly kind: ColumnKind;
  /** Belongs to a later edition of the export, not to the 26 columns. */
  readonly later?: boolean;
  /** Its cells must be filled (`REQUIRED_EMPTY`). */
  readonly required?: boolean;
}

function column(header: string, kind: ColumnKind, ...synonyms: string[]): ColumnFacts {
  return { header, synonyms, kind };
}
function required(header: string, kind: ColumnKind, ...synonyms: string[]): ColumnFacts {
  return { header, synonyms, kind, required: true };
}
function later(header: string, kind: ColumnKind, ...synonyms: string[]): ColumnFacts {
  return { header, synonyms, kind, later: true };
}

/** The national export: the running number, the 26 columns, and those that later editions add (formats, first part). */
export const COLUMNS = {
  sequence: column('序号', 'text', '序', '编号', 'No'),
  county: column('县(市、区、旗)', 'region', '县', '县市区', '县(市、区)', '县(区)', '区县', '县名'),
  township: required('乡(镇)', 'region', '乡', '镇', '乡镇街道', '乡镇名称', '乡镇名', '所在乡镇'),
  village: required('行政村', 'region', '村', '村名', '行政村名称', '行政村名', '所在村', '所在行政村'),
  group: column('自然村', 'text', '村民小组', '组', '小组', '自然村组', '自然村屯', '村组', '屯'),
  householdNumber: required('户编号', 'code', '户编码', '户号', '家庭编号', '家庭户编号', '农户编号', '贫困户编号'),
  personNumber: column('人编号', 'code', '人编码', '人员编号', '个人编号', '人口编号', '成员编号'),
  name: required('姓名', 'text', '名字', '成员姓名', '家庭成员姓名', '人员姓名'),
  idNumber: required(
    '证件号码',
    'id',
    '证件号',
    '身份证',
    '身份证号',
    '身份证号码',
    '身份证件号码',
    '居民身份证号码',
    '公民身份号码',
    '身份证(残疾证)号码',
  ),
  memberCount: column('人数', 'number', '家庭人数', '家庭人口', '家庭人口数', '户人数', '家庭成员数'),
  relation: required('与户主关系', 'dictionary', '与户主的关系', '关系', '户主关系', '家庭关系'),
  ethnicity: column('民族', 'dictionary', '民族成分'),
  education: column('文化程度', 'dictionary', '学历', '受教育程度', '教育程度'),
  schoolStage: column('在校生状况', 'dictionary', '在校状况', '在校情况', '在校生情况', '是否在校生'),
  health: column('健康状况', 'dictionary', '身体状况', '健康情况', '身体健康状况'),
  labour: column('劳动技能', 'dictionary', '劳动能力', '劳动力状况', '劳动技能状况', '劳动力情况'),
  workStatus: column('务工状况', 'dictionary', '务工情况', '务工地点'),
  workMonths: column('务工时间(月)', 'number', '务工时间', '务工月数', '务工时长(月)', '务工时长'),
  criticalIllnessInsurance: column(
    '参加大病医疗',
    'yesNo',
    '是否参加大病医疗',
    '是否参加大病保险',
    '参加大病保险',
    '大病医疗',
  ),
  povertyStatus: column('脱贫属性', 'dictionary', '脱贫状态', '脱贫情况'),
  householdCategory: column('贫困户属性', 'dictionary', '贫困属性', '农户属性', '户属性'),
  mainCause: column('主要致贫原因', 'dictionary', '致贫原因', '主要致贫因素'),
  dangerousHouse: column('危房户', 'yesNo', '是否危房户', '是否危房', '危房'),
  safeWater: column('饮水安全', 'yesNo', '是否饮水安全', '饮水是否安全'),
  waterDifficulty: column('饮水困难', 'yesNo', '是否饮水困难', '饮水是否困难'),
  perCapitaIncome: column('人均纯收入', 'yuan', '人均纯收入(元)', '家庭人均纯收入', '年人均纯收入', '年人均纯收入(元)'),
  phone: column('联系电话', 'text', '电话', '电话号码', '手机', '手机号', '手机号码', '联系方式'),

  householdType: later('户类型', 'text', '农户类型'),
  monitoredKind: later('监测对象类别', 'dictionary', '监测类别', '监测户类型', '监测对象类型'),
  monitoredSince: later('识别监测时间', 'date', '监测识别时间', '监测对象识别时间', '识别时间'),
  riskCleared: later('风险是否已消除', 'yesNo', '风险是否消除', '是否消除风险'),
  risk1: later('致贫/返贫风险1', 'text', '返贫风险1', '致贫风险1'),
  risk2: later('致贫/返贫风险2', 'text', '返贫风险2', '致贫风险2'),
  risk3: later('致贫/返贫风险3', 'text', '返贫风险3', '致贫风险3'),
  risk4: later('致贫/返贫风险4', 'text', '返贫风险4', '致贫风险4'),
  risk5: later('致贫/返贫风险5', 'text', '返贫风险5', '致贫风险5'),
  wageIncome: later('工资性收入', 'yuan', '工资性收入(元)'),
  businessIncome: later('生产经营性收入', 'yuan', '生产经营性收入(元)', '经营性收入'),
  propertyIncome: later('财产性收入', 'yuan', '财产性收入(元)'),
  transferIncome: later('转移性收入', 'yuan', '转移性收入(元)'),
  productionCost: later('生产经营性支出', 'yuan', '生产经营性支出(元)'),
  residentMedicalInsurance: later(
    '是否参加城乡居民基本医疗保险',
    'yesNo',
    '参加城乡居民基本医疗保险',
    '城乡居民基本医疗保险',
  ),
  safeWaterSolved: later('是否解决安全饮用水', 'yesNo', '解决安全饮用水'),
  housingArea: later('住房面积', 'number', '住房面积(平方米)', '住房面积(㎡)'),
  roadDistance: later('与村主干路距离', 'number', '与村主干路距离(公里)', '与村主干路距离(千米)'),
  farmland: later('耕地面积(亩)', 'number', '耕地面积'),
  woodland: later('林地面积(亩)', 'number', '林地面积'),
  publicWelfarePost: later('公益性岗位', 'text', '公益岗位'),
  publicWelfareMonths: later('公益性岗位(月数)', 'number', '公益性岗位月数', '公益岗位月数'),
  educationAssistance: later('教育帮扶', 'text'),
  healthAssistance: later('健康帮扶', 'text'),
  industryAssistance: later('产业帮扶', 'text'),
  employmentAssistance: later('就业帮扶', 'text'),
  socialSecurity: later('综合保障', 'text'),
} as const satisfies Record<string, ColumnFacts>;

export type ColumnKey = keyof typeof COLUMNS;
export const COLUMN_KEYS = Object.keys(COLUMNS) as ColumnKey[];

/** What is known of a column. */
export function columnFacts(key: ColumnKey): ColumnFacts {
  return COLUMNS[key];
}

/** Columns of which rules of data quality ask whether they were left empty; a file may lack each of them. */
export const ASKED_KEYS = [
  'ethnicity',
  'schoolStage',
  'health',
  'labour',
  'criticalIllnessInsurance',
  'safeWater',
] as const satisfies readonly ColumnKey[];

/**
 * Columns that speak of the household: each of its rows says the same, and the head's row counts. 贫困户属性 and 自然村 are
 * not among them: an allowance may be granted to one member, and members live in several hamlets. 人数 has a code of its
 * own.
 */
export const HOUSEHOLD_KEYS = [
  'township',
  'village',
  'povertyStatus',
  'mainCause',
  'dangerousHouse',
  'safeWater',
  'waterDifficulty',
  'perCapitaIncome',
  'householdType',
  'monitoredKind',
  'monitoredSince',
  'riskCleared',
  'risk1',
  'risk2',
  'risk3',
  'risk4',
  'risk5',
  'wageIncome',
  'businessIncome',
  'propertyIncome',
  'transferIncome',
  'productionCost',
  'safeWaterSolved',
  'housingArea',
  'roadDistance',
  'farmland',
  'woodland',
] as const satisfies readonly ColumnKey[];

/** The columns without which a sheet is no roster. */
export const REQUIRED_KEYS = COLUMN_KEYS.filter((key) => columnFacts(key).required);

const BY_HEADER = new Map<string, ColumnKey>();
for (const key of COLUMN_KEYS) {
  const { header, synonyms } = columnFacts(key);
  for (const text of [header, ...synonyms]) {
    const known = headerKey(text);
    const other = BY_HEADER.get(known);
    if (other && other !== key) throw new RangeError(`columns ${other} and ${key} are both written ${text}`);
    BY_HEADER.set(known, key);
  }
}

/** The column a header means, whatever its spaces, brackets and widths; null when nobody knows it. */
export function columnOf(header: string): ColumnKey | null {
  return BY_HEADER.get(headerKey(header)) ?? null;
}
