import { headerKey, normaliseText } from '../shared/normalise.ts';
import { isMobile, readPhone } from '../shared/phone.ts';
import { RANK_NAMES, type RankRule } from './policy.ts';

/** The columns of a list of helping units and cadres; `also` are other headers seen for the same thing. */
export const CADRE_COLUMNS = {
  unit: { header: '单位', also: ['帮扶单位', '单位名称', '所在单位', '工作单位', '帮扶单位名称', '结对单位'] },
  name: { header: '姓名', also: ['干部姓名', '帮扶责任人', '帮扶责任人姓名', '帮扶干部', '帮扶干部姓名', '责任人'] },
  rank: { header: '职级', also: ['职务', '职务职级', '行政级别', '级别'] },
  phone: { header: '联系电话', also: ['电话', '手机', '手机号', '手机号码', '联系方式', '电话号码'] },
  homeVillage: { header: '家庭住址所在村', also: ['家庭住址', '住址', '家庭住址村', '户籍所在村', '住址所在村'] },
  seat: { header: '所属乡镇', also: ['乡镇', '所在乡镇'] },
  villages: { header: '帮扶村', also: ['包联村', '结对村', '包保村', '帮扶村名称', '联系村'] },
  quota: { header: '帮扶户数上限', also: ['户数上限', '限定户数', '最多帮扶户数'] },
  relatives: { header: '亲属户编号', also: ['回避户编号', '亲属户', '回避户'] },
  username: { header: '登录账号', also: ['账号', '用户名', '登录名'] },
} as const;
export type CadreColumn = keyof typeof CADRE_COLUMNS;

/** The columns without which a list is none of cadres. */
export const REQUIRED_CADRE_COLUMNS = ['unit', 'name', 'rank'] as const satisfies readonly CadreColumn[];
/** A row's values, cleaned. */
export interface CadreLine {
  readonly unit: string;
  readonly name: string;
  /** The rank's code in the policy. */
  readonly rank: string;
  readonly phone: string | null;
  readonly homeVillage: string | null;
  readonly seat: string | null;
  /** null = the list says nothing of the unit's villages in this row. */
  readonly villages: readonly string[] | null;
  readonly quota: number | null;
  readonly relatives: readonly string[];
  readonly username: string | null;
}

export type CadreIssueCode =
  | 'CADRE_VALUE_MISSING'
  | 'CADRE_RANK_UNKNOWN'
  | 'CADRE_PHONE_INVALID'
  | 'CADRE_QUOTA_INVALID';
export interface CadreIssue {
  readonly column: CadreColumn;
  readonly code: CadreIssueCode;
}

const listOf = (text: string) => text.split(/[、,;/\s]+/).filter((part) => part !== '');

/** Other words for the shipped ranks as lists write them. */
const RANK_WORDS: Readonly<Record<string, readonly string[]>> = {
  'county-leader': ['县级', '县领导', '县级干部', '县处级', '处级'],
  'township-department-head': ['正职', '正科', '正科级', '乡镇正职', '部门正职', '乡科级正职', '单位正职'],
  deputy: ['副科', '副科级', '乡镇副职', '部门副职', '乡科级副职', '单位副职'],
  'section-head': ['中层', '股级', '中层领导'],
  staff: ['干部', '一般', '科员', '办事员', '工作人员', '职工'],
};

/** Finds a rank of the policy by its code, its name or another usual word for it; null when the policy has none such. */
export function rankByWord(
  word: string,
  ranks: readonly (Pick<RankRule, 'rank'> & { name?: string })[],
): string | null {
  const key = headerKey(word);
  const found = ranks.find(
    ({ rank, name }) =>
      rank === normaliseText(word).toLowerCase() ||
      [name, RANK_NAMES[rank]?.zh, ...(RANK_WORDS[rank] ?? [])].some(
        (each) => each !== undefined && headerKey(each) === key,
      ),
  );
  return found?.rank ?? null;
}

/** Reads a row's normalised values: null when it is empty in every column; all its faults at once otherwise. */
export function readCadreLine(
  values: Readonly<Record<CadreColumn, string>>,
  ranks: readonly (Pick<RankRule, 'rank'> & { name?: string })[],
): { readonly line: CadreLine; readonly issues: readonly CadreIssue[] } | null {
  if (Object.values(values).every((value) => value === '')) return null;
  const text = (column: CadreColumn) => values[column];
  const issues: CadreIssue[] = [];
  const note = (bad: boolean, column: CadreColumn, code: CadreIssueCode) => {
    if (bad) issues.push({ column, code });
  };
  for (const column of REQUIRED_CADRE_COLUMNS) note(text(column) === '', column, 'CADRE_VALUE_MISSING');
  const rank = rankByWord(text('rank'), ranks);
  note(text('rank') !== '' && rank === null, 'rank', 'CADRE_RANK_UNKNOWN');
  const phone = readPhone(text('phone')) ?? text('phone');
  note(phone !== '' && !isMobile(phone), 'phone', 'CADRE_PHONE_INVALID');
  const quota = text('quota');
  note(quota !== '' && !/^\d{1,2}$/.test(quota), 'quota', 'CADRE_QUOTA_INVALID');
  const orNull = (value: string) => (value === '' ? null : value);
  return {
    line: {
      unit: text('unit'),
      name: text('name').replace(/\s+/g, ''),
      rank: rank ?? '',
      phone: orNull(phone),
      homeVillage: orNull(text('homeVillage')),
      seat: orNull(text('seat')),
      villages: text('villages') === '' ? null : listOf(text('villages')),
      quota: /^\d{1,2}$/.test(quota) ? Number(quota) : null,
      relatives: listOf(text('relatives')),
      username: orNull(text('username').toLowerCase()),
    },
    issues,
  };
}
