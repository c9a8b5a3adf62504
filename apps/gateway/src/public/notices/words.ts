import { shanghaiMinute } from '@bangfu/domain/shared/time';

/** How a notice stands, as a reader is told. */
export const NOTICE_STANDS = {
  opened: '公示中',
  announced: '已公告',
  closed: '公示已结束',
  lapsed: '公示已中止',
} as const;

/** The day and minute in Shanghai of an instant as answers carry it: 2026-11-22 14:05. */
export const momentOf = (instant: string): string => shanghaiMinute(new Date(instant));
