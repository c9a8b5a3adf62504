import { correctHousehold } from './correct-household/correct-household.ts';
import { exportHouseholds } from './export-households/export-households.ts';
import { findHouseholdKey } from './find-household-key/find-household-key.ts';
import { getHouseholdFacts } from './get-household-facts/get-household-facts.ts';
import { getHousehold } from './get-household/get-household.ts';
import { getStatistics } from './get-statistics/get-statistics.ts';
import { listHouseholds } from './list-households/list-households.ts';
import { revealSensitive } from './reveal-sensitive/reveal-sensitive.ts';

/** The register: list, one household, export, statistics. */
export default [
  listHouseholds,
  // Before the record's own path, which would take "export" for an id.
  exportHouseholds,
  findHouseholdKey,
  getHousehold,
  revealSensitive,
  getHouseholdFacts,
  correctHousehold,
  getStatistics,
];
