import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { listRegions } from '@bangfu/contracts/identification/regions';
import { placeName } from '@bangfu/domain/shared/region';
import { useMay } from '@bangfu/ui/lib/may';
import { useOperation } from '@bangfu/ui/lib/data';

export type RegionRow = AnswerOf<typeof listRegions>['rows'][number];

interface Regions {
  readonly rows: readonly RegionRow[];
  /** True while it is not known yet whether there are any. */
  readonly isLoading: boolean;
}

/** The regions the person may read; none for one without a grant that shows them. */
export function useRegions(): Regions {
  const regions = useOperation(listRegions, {}, { enabled: useMay(listRegions) });
  return { rows: regions.data?.rows ?? [], isLoading: regions.isLoading };
}

/** A region's name with its township before a village's; its code where the name is not known. */
export function regionName(regions: readonly RegionRow[], code: string): string {
  const region = regions.find((each) => each.code === code);
  if (!region) return code;
  const name = placeName(region.name);
  const parent = region.level === 'village' ? regions.find((each) => each.code === region.parentCode) : undefined;
  return parent ? `${parent.name} ${name}` : name;
}
