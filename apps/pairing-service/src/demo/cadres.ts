/** A township as the demo's units are made for it. */
export interface DemoTownship {
  readonly name: string;
  readonly poor: number;
  /** Its villages with poor households, most first; a village is written with its township. */
  readonly villages: readonly string[];
}

const SURNAMES = '王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗';
const GIVEN = [
  '建国',
  '晓梅',
  '志强',
  '海燕',
  '永刚',
  '丽华',
  '国栋',
  '淑芬',
  '文博',
  '春艳',
  '立新',
  '桂兰',
  '明远',
  '雪松',
];
const BUREAUS = [
  '农业农村局',
  '教育局',
  '卫生健康局',
  '水利局',
  '林业和草原局',
  '交通运输局',
  '民政局',
  '住房和城乡建设局',
];
/** Places of one head and two deputies by the shipped set 5-3-2-1. */
const LEADING = 3 + 2 * 2;
/** Some places more than households, so that handovers find a free helper. */
const SPARE = 1.15;

/**
 * The demo's list of cadres as a county would bring it: the county's leaders, a government for each township and bureaus
 * that serve some, with as many staff as the poor households need. Invented names, numbers nobody can have.
 */
export function demoCadreList(townships: readonly DemoTownship[]): string {
  const lines = ['凌源市帮扶干部名单', '单位,姓名,职级,联系电话,帮扶村'];
  let person = 0;
  const add = (unit: string, rank: string, count: number, village: string) => {
    for (let i = 0; i < count; i++) {
      const surname = SURNAMES[person % SURNAMES.length] ?? '';
      const given = GIVEN[Math.floor(person / SURNAMES.length + person * 5) % GIVEN.length] ?? '';
      person += 1;
      // Two of one name in a unit are told apart by their telephones alone.
      lines.push(`${unit},${surname}${given},${rank},10${String(person).padStart(9, '0')},${i === 0 ? village : ''}`);
    }
  };
  const hardest = townships[0]?.villages[0] ?? '';
  add('市委办公室', '县级领导', Math.min(8, Math.ceil(townships.length / 3)), hardest);
  townships.forEach((township, t) => {
    const bureau = BUREAUS[t % BUREAUS.length] ?? '';
    const places = Math.ceil(township.poor * SPARE);
    add(`${township.name}人民政府`, '正职', 1, township.villages.slice(0, 4).join('；'));
    add(`${township.name}人民政府`, '副职', 2, '');
    add(`${township.name}人民政府`, '一般干部', Math.max(0, Math.ceil((places - LEADING) / 2)), '');
    add(bureau, '一般干部', Math.max(0, Math.floor((places - LEADING) / 2)), township.villages[0] ?? '');
  });
  return `${lines.join('\n')}\n`;
}
