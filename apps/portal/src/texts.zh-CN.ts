export const zhCN = {
  'group.work': '工作',
  'group.manage': '管理',
  'group.watch': '监督',
  'place.work': '我的工作',
  'place.search': '全县查找',
  'place.county': '全县概况',
  'place.announcements': '公告',
  'place.accounts': '用户与授权',
  'place.units': '单位',
  'place.regions': '行政区划',
  'place.audit': '审计与核验',
  'place.jobs': '后台任务',
  'work.subtitle': '等待您办理的事项，按截止时间排列',
  'work.empty': '现在没有等待您办理的事项',
  'work.emptyHint': '有事项交给您办理时，会按截止时间列在这里，每一项带着要按的那个按钮。',
  'work.toCounty': '查看全县概况',
  'work.help':
    '各业务系统交给您的事项都汇总到这一页。先办排在前面的：它们的期限最近。办完的事项自动从列表中消失，超期的事项始终排在最前。',
} as const;

export type TextKey = keyof typeof zhCN;
