import { businessDayOf } from '@bangfu/domain/shared/time';
import { momentOf } from '../notices/words.ts';

interface Hanging {
  readonly entityName: string;
  readonly year: number;
  readonly villageName: string;
  readonly openedAt: string;
  readonly requiredDays: number;
  readonly closableFrom: string | null;
}

/** A dividend notice as it is named. */
export const titleOf = ({ entityName, year, villageName }: Hanging): string =>
  `${entityName} ${year} 年度入股分红公示（${villageName}）`;

/** Since when a notice hangs, and until when at least. */
export function hangsSince({ openedAt, requiredDays, closableFrom }: Hanging): string {
  const until = closableFrom ? `最早 ${momentOf(closableFrom)} 结束` : '有异议正在核实，公示期暂停计算';
  return `${businessDayOf(new Date(openedAt))} 张贴，公示满 ${requiredDays} 个完整自然日，${until}`;
}
