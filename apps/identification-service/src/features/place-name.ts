/** A village's name as people say it, of the region row `v` (domain/shared/region, `placeName`, in SQL). */
export const PLACE_NAME = `regexp_replace(v.name, '(村民委员会|居民委员会|村委会|居委会)$', '')`;
