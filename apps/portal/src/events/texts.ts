/** The words of the parked messages. */
export const parkedZh = {
  'place.parked': '滞留消息',
  'parked.subtitle': '各系统之间的消息处理不了时停在这里，同一记录后面的消息跟着等，不会丢失',
  'parked.help': '先按“原因”和“说明”排除故障，再重新处理：每条记录仍按原来的先后，重复的不会算两次。',
  'parked.none': '没有滞留',
  'parked.count': '滞留 {{count}} 条',
  'parked.redrive': '重新处理',
  'parked.done': '已处理 {{applied}} 条，仍滞留 {{remaining}} 条',
  'parked.record': '记录',
  'parked.type': '消息',
  'parked.reason': '原因',
  'parked.reason.failed': '处理出错',
  'parked.reason.behind': '等待前一条',
  'parked.reason.gap': '前一条未到',
  'parked.reason.unreadable': '读不懂',
  'parked.reason.rewound': '来源数据库恢复过',
  'parked.detail': '说明',
  'parked.at': '滞留时间',
  'parked.first': '只列出最早的 {{count}} 条',
} as const;

export const parkedEn: Record<keyof typeof parkedZh, string> = {
  'place.parked': 'Parked messages',
  'parked.subtitle':
    'What a service could not take in from another waits here, and the later ones of its record behind it',
  'parked.help':
    'Mend the cause told under reason and detail, then take them in again: in their order, and none of them twice.',
  'parked.none': 'None',
  'parked.count': '{{count}} parked',
  'parked.redrive': 'Take in again',
  'parked.done': '{{applied}} taken in, {{remaining}} still parked',
  'parked.record': 'Record',
  'parked.type': 'Message',
  'parked.reason': 'Reason',
  'parked.reason.failed': 'Failed',
  'parked.reason.behind': 'Behind another',
  'parked.reason.gap': 'One before is missing',
  'parked.reason.unreadable': 'Not readable',
  'parked.reason.rewound': 'Its source was restored',
  'parked.detail': 'Detail',
  'parked.at': 'Parked at',
  'parked.first': 'Only the oldest {{count}} are listed',
};
