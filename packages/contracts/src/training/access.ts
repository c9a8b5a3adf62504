/** Who reads classes and what belongs to them: the administration within its regions, a provider its own, auditors and evaluators. */
export const READERS = [
  'county-office',
  'county-leader',
  'township-officer',
  'township-leader',
  'village-officer',
  'training-provider',
  'auditor',
  'evaluator',
] as const;

/** Who keeps sessions, attendance and results: a provider of its own classes, the county office of all. */
export const KEEPERS = ['training-provider', 'county-office'] as const;

/** Who brings learners: the officers of villages and townships, each of the own region. */
export const ENROLLERS = ['village-officer', 'township-officer'] as const;
