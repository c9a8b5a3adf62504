/** How a notice stands, as a reader is told. */
export const NOTICE_STANDS = {
  opened: '公示中',
  announced: '已公告',
  closed: '公示已结束',
  lapsed: '公示已中止',
} as const;

/** The day and minute of an instant in Shanghai: 2026-11-22 14:05. */
export function momentOf(instant: string): string {
  const shifted = new Date(Date.parse(instant) + 8 * 3_600_000);
  return shifted.toISOString().slice(0, 16).replace('T', ' ');
}
