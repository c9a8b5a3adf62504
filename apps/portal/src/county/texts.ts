/** The words of the county home. */
export const countyZh = {
  'county.subtitle': '五个业务系统的数字汇总在一页，按您的管辖范围统计',
  'county.print': '打印',
  'county.open': '进入{{service}}',
  'county.none': '{{service}}没有向您开放的数字',
  'county.absent': '{{service}}暂时没有应答，数字稍后会出现在这里。',
  'county.beyond': '超出可显示范围',
  'county.exact': '精确数：{{yuan}} 元',
  'county.why': '“{{label}}”统计什么',
  'county.rows': '{{label}} {{value}}，查看明细',
  'county.unit.fen': '万元',
  'county.unit.household': '户',
  'county.unit.person': '人',
  'county.unit.case': '件',
  'county.unit.item': '项',
  'county.unit.basis-point': '%',
  'county.asOf': '截至 {{moment}}',
  'county.help':
    '每一组数字来自一个业务系统，按您的管辖范围统计，组标题旁是该系统数字的时间。点数字打开它所统计的明细，点数字旁的标记看它统计什么、不统计什么。金额以万元显示，下面同时列出精确到分的数。打印时每个系统一组，适合会议使用。',
} as const;

export const countyEn: Record<keyof typeof countyZh, string> = {
  'county.subtitle': 'The figures of all five services on one page, counted over your scope',
  'county.print': 'Print',
  'county.open': 'Open {{service}}',
  'county.none': '{{service}} has no figures open to you',
  'county.absent': '{{service}} does not answer at present; its figures will appear here.',
  'county.beyond': 'beyond what can be shown',
  'county.exact': 'Exactly {{yuan}} yuan',
  'county.why': 'What “{{label}}” counts',
  'county.rows': '{{label}} {{value}}, open the rows',
  'county.unit.fen': '10 000 yuan',
  'county.unit.household': 'households',
  'county.unit.person': 'persons',
  'county.unit.case': 'cases',
  'county.unit.item': 'items',
  'county.unit.basis-point': '%',
  'county.asOf': 'As of {{moment}}',
  'county.help':
    'Each group of figures comes from one service, counted over your scope; the time beside its name is the time of its figures. A figure opens the rows it counts; the mark beside it says what it counts and what not. Sums of money are shown in ten thousands of yuan with the exact sum below.',
};
