/** The enumerated values of the national export (formats, "Dictionaries"): code → Chinese label, then its synonyms. */
export interface Dictionary<Code extends string> {
  readonly codes: readonly Code[];
  /** The code of a normalised text, with or without blanks between its signs; null when no synonym explains it. */
  readonly read: (text: string) => Code | null;
  /** The label the sheets and screens show. */
  readonly label: (code: Code) => string;
  /** The label of a code as it is kept and sent, where it is a text like any other; null where nothing is kept. */
  readonly labelOf: (code: string | null) => string | null;
}

/** Builds a dictionary from code → [label, ...synonyms]. @throws RangeError when two codes share a text. */
function dictionary<const T extends Readonly<Record<string, readonly [string, ...string[]]>>>(
  table: T,
): Dictionary<Extract<keyof T, string>> {
  type Code = Extract<keyof T, string>;
  const codes = Object.keys(table) as Code[];
  const byText = new Map<string, Code>();
  for (const code of codes) {
    for (const text of table[code] ?? []) {
      if (byText.has(text)) throw new RangeError(`two codes are written ${text}`);
      byText.set(text, code);
    }
  }
  const label = (code: string) => table[code]?.[0] ?? code;
  return {
    codes,
    read: (text) => byText.get(text) ?? byText.get(text.replace(/\s+/g, '')) ?? null,
    label,
    labelOf: (code) => (code === null ? null : label(code)),
  };
}

/** 与户主关系. */
export const RELATION = dictionary({
  head: ['户主', '本人'],
  spouse: ['配偶', '妻', '丈夫', '之妻', '之夫'],
  son: ['之子', '子', '儿子', '长子', '次子'],
  daughter: ['之女', '女', '女儿', '长女', '次女'],
  'daughter-in-law': ['之儿媳', '儿媳'],
  'son-in-law': ['之女婿', '女婿'],
  'sons-son': ['之孙子', '孙子'],
  'sons-daughter': ['之孙女', '孙女'],
  'daughters-son': ['之外孙子'],
  'daughters-daughter': ['之外孙女'],
  father: ['之父', '父亲'],
  mother: ['之母', '母亲'],
  'wifes-father': ['之岳父'],
  'wifes-mother': ['之岳母'],
  'husbands-father': ['之公公'],
  'husbands-mother': ['之婆婆'],
  'fathers-father': ['之祖父'],
  'fathers-mother': ['之祖母'],
  'mothers-father': ['之外祖父'],
  'mothers-mother': ['之外祖母'],
  sibling: ['之兄弟姐妹', '兄', '弟', '姐', '妹'],
  'great-grandson': ['之曾孙子'],
  'great-granddaughter': ['之曾孙女'],
  other: ['其他'],
});
export type Relation = (typeof RELATION.codes)[number];

/** 文化程度. */
export const EDUCATION = dictionary({
  illiterate: ['文盲或半文盲', '文盲', '半文盲'],
  primary: ['小学'],
  'junior-high': ['初中'],
  'senior-high': ['高中', '中专', '职高'],
  'junior-college': ['大专'],
  'bachelor-or-above': ['本科及以上', '本科', '大学'],
});
export type Education = (typeof EDUCATION.codes)[number];

/** 在校生状况. 高中 names no year, so it keeps a code of its own. */
export const SCHOOL_STAGE = dictionary({
  'not-in-school': ['非在校生'],
  'below-school-age': ['学龄前儿童'],
  'pre-school': ['学前教育'],
  primary: ['小学'],
  'junior-high': ['初中', '七年级', '八年级', '九年级'],
  'senior-high': ['普通高中', '高中'],
  'senior-high-1': ['普通高中一年级'],
  'senior-high-2': ['普通高中二年级'],
  'senior-high-3': ['普通高中三年级'],
  'secondary-vocational-1': ['中职一年级'],
  'secondary-vocational-2': ['中职二年级'],
  'secondary-vocational-3': ['中职三年级'],
  'higher-vocational-1': ['高职高专一年级'],
  'higher-vocational-2': ['高职高专二年级'],
  'higher-vocational-3': ['高职高专三年级'],
  'bachelor-1': ['本科一年级'],
  'bachelor-2': ['本科二年级'],
  'bachelor-3': ['本科三年级'],
  'bachelor-4': ['本科四年级'],
  'bachelor-5': ['本科五年级'],
  'master-or-above': ['硕士研究生及以上'],
});
export type SchoolStage = (typeof SCHOOL_STAGE.codes)[number];

/** 健康状况; a cell may join several. */
export const HEALTH = dictionary({
  healthy: ['健康'],
  'chronic-disease': ['长期慢性病', '慢性病'],
  'major-disease': ['患有大病', '大病'],
  disabled: ['残疾'],
});
export type Health = (typeof HEALTH.codes)[number];

/** 劳动技能. */
export const LABOUR = dictionary({
  ordinary: ['普通劳动力'],
  skilled: ['技能劳动力'],
  weak: ['弱劳动力或半劳动力', '弱劳动力', '半劳动力'],
  lost: ['丧失劳动力'],
  none: ['无劳动力', '无劳动能力'],
});
export type Labour = (typeof LABOUR.codes)[number];

/** 务工状况; empty = does not work away. */
export const WORK_STATUS = dictionary({
  'within-township': ['乡(镇)内务工'],
  'within-county': ['乡(镇)外县内务工', '县内务工'],
  'within-province': ['县外省内务工', '省内务工'],
  'outside-province': ['省外务工'],
});
export type WorkStatus = (typeof WORK_STATUS.codes)[number];

/** 脱贫属性. */
export const POVERTY_STATUS = dictionary({
  poor: ['未脱贫', '贫困户'],
  exited: ['已脱贫', '脱贫户', '脱贫'],
  returned: ['返贫'],
});
export type PovertyStatus = (typeof POVERTY_STATUS.codes)[number];

/** 贫困户属性; empty = a general household. */
export const HOUSEHOLD_CATEGORY = dictionary({
  'general-poor': ['一般贫困户'],
  'low-income-allowance': ['低保贫困户', '低保户'],
  'extreme-hardship': ['特困供养贫困户', '五保户', '五保贫困户', '特困户'],
});
export type HouseholdCategory = (typeof HOUSEHOLD_CATEGORY.codes)[number];

/** 主要致贫原因 (domain §1); empty = a general household. */
export const CAUSE = dictionary({
  illness: ['因病'],
  disability: ['因残'],
  schooling: ['因学'],
  disaster: ['因灾'],
  'no-land': ['缺土地'],
  'no-water': ['缺水'],
  'no-skill': ['缺技术'],
  'no-labour': ['缺劳力'],
  'no-capital': ['缺资金'],
  'poor-transport': ['交通条件落后'],
  'low-motivation': ['自身发展力不足'],
  other: ['其他'],
});
export type Cause = (typeof CAUSE.codes)[number];

/** 监测对象类别 (domain §1); empty = not monitored. */
export const MONITORED_KIND = dictionary({
  'unstable-exit': ['脱贫不稳定户'],
  marginal: ['边缘易致贫户'],
  'sudden-hardship': ['突发严重困难户'],
});
export type MonitoredKind = (typeof MONITORED_KIND.codes)[number];

/** 致贫/返贫风险: the causes of poverty, and those that only the monitoring knows. */
export const RISK = dictionary({
  illness: ['因病'],
  disability: ['因残'],
  schooling: ['因学'],
  disaster: ['因灾', '因自然灾害'],
  'no-land': ['缺土地'],
  'no-water': ['缺水'],
  'no-skill': ['缺技术'],
  'no-labour': ['缺劳力', '缺劳动力'],
  'no-capital': ['缺资金'],
  'poor-transport': ['交通条件落后'],
  'low-motivation': ['自身发展力不足', '自身发展动力不足'],
  'unstable-work': ['务工就业不稳', '因务工就业不稳'],
  water: ['饮水安全', '因安全饮水'],
  housing: ['住房安全', '因住房'],
  education: ['义务教育', '因义务教育'],
  income: ['收入骤减', '因产业项目失败'],
  accident: ['意外事故', '因意外事故'],
  other: ['其他'],
});
export type Risk = (typeof RISK.codes)[number];

/** Kinds of measures for a household (domain §1, five paths, and those that counties add). */
export const MEASURE = dictionary({
  industry: ['产业帮扶'],
  job: ['就业帮扶'],
  'public-post': ['公益性岗位'],
  education: ['教育帮扶'],
  health: ['健康帮扶'],
  housing: ['住房安全'],
  water: ['饮水安全'],
  'social-assistance': ['社会帮扶'],
  'low-income-allowance': ['低保'],
  'social-security': ['综合保障'],
});
export type Measure = (typeof MEASURE.codes)[number];

/** 性别. */
export const SEX = dictionary({ male: ['男', '男性'], female: ['女', '女性'] });

/** 雨露计划补助: by the kind of vocational school. */
export const YULU = dictionary({
  none: ['未享受', '否', '无'],
  secondary: ['中职'],
  higher: ['高职', '高职高专'],
});

/** 就业服务需求. */
export const SERVICE_NEED = dictionary({
  'job-information': ['岗位信息', '就业信息'],
  training: ['技能培训', '培训'],
  'organised-transport': ['组织输出', '有组织劳务输出'],
  'rights-protection': ['维权服务', '权益维护'],
  other: ['其他'],
});

/** 识别标准 (A1). */
export const STANDARD = dictionary({
  national: ['国家标准'],
  provincial: ['省定标准'],
  prefecture: ['市定标准'],
});

/** 主要结构 (A22). */
export const HOUSE_STRUCTURE = dictionary({
  'steel-concrete': ['钢混'],
  'brick-concrete': ['砖混'],
  'brick-wood': ['砖木'],
  'earth-wood': ['土木'],
  bamboo: ['竹木'],
  other: ['其他'],
});

/** 产业类型 (A32). */
export const INDUSTRY = dictionary({
  crops: ['种植业'],
  livestock: ['养殖业'],
  fruit: ['林果业'],
  processing: ['加工业'],
  services: ['服务业'],
  other: ['其他'],
});

/** 产业组织 (A33). */
export const INDUSTRY_ORGANISATION = dictionary({
  cooperative: ['合作社'],
  'leading-enterprise': ['龙头企业'],
  association: ['协会'],
  other: ['其他'],
});

/** 燃料 (A36). */
export const FUEL = dictionary({
  firewood: ['柴草'],
  dung: ['干畜粪'],
  coal: ['煤炭'],
  clean: ['清洁能源'],
  other: ['其他'],
});

/** 饮水 (A37). */
export const WATER_SOURCE = dictionary({
  'purified-tap': ['经过净化处理的自来水'],
  'protected-well': ['受保护的井水和泉水'],
  'unprotected-well': ['不受保护的井水和泉水'],
  'surface-water': ['江河湖泊水'],
  'rain-water': ['收集雨水'],
  bottled: ['桶装水'],
  other: ['其他'],
});

/** 入户路. */
export const ROAD_SURFACE = dictionary({
  earth: ['泥土路'],
  gravel: ['砂石路'],
  concrete: ['水泥路'],
  asphalt: ['沥青路'],
});

/** Yes and no. */
export const YES_NO = dictionary({
  yes: ['是', '有', '1', '√', 'Y'],
  no: ['否', '无', '0', '×', 'N'],
});

const ETHNIC_GROUPS =
  '汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 ' +
  '佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 ' +
  '阿昌族 普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 ' +
  '珞巴族 基诺族';

/** 民族: the 56 of GB/T 3304 in its order, under their standard names; read with or without 族. */
export const ETHNICITY: Dictionary<string> = dictionary(
  Object.fromEntries(ETHNIC_GROUPS.split(' ').map((name) => [name, [name, name.slice(0, -1)] as const])),
);

const HEALTH_LISTS = new Map<string, readonly Health[] | null>();
const HEALTH_LISTS_KEPT = 256;

/** Reads a health cell: one state or several joined by , or 、. @returns null when one of them is unknown. */
export function readHealth(text: string): readonly Health[] | null {
  const single = HEALTH.read(text);
  if (single === null && !/[,、]/.test(text)) return null;
  const known = HEALTH_LISTS.get(text);
  if (known !== undefined) return known;
  const states = single ? [single] : text.split(/[,、]/).map((part) => HEALTH.read(part.trim()));
  const read = states.includes(null) ? null : [...new Set(states as Health[])];
  if (HEALTH_LISTS.size < HEALTH_LISTS_KEPT) HEALTH_LISTS.set(text, read);
  return read;
}
