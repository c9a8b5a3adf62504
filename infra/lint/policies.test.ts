import { globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const source = (file: string) => readFileSync(`${ROOT}${file}`, 'utf8');
const sources = globSync(['apps/*/src/**/*.{ts,tsx}', 'packages/{domain,contracts}/src/**/*.ts'], {
  cwd: ROOT,
  exclude: (name) => /node_modules|generated/.test(name),
}).filter((file) => !/\.test\.tsx?$|\.fixture\.ts$|\/testing\/|\/policies\.ts$/.test(file));

/** A default of the program's own that no county decides, each with why. */
const NO_POLICY: Readonly<Record<string, string>> = { DEFAULT_URL: 'where the command line finds the platform' };

it('a figure that a county may decide is read from its policy, never from a default in code', () => {
  const found = sources.filter((file) =>
    [...source(file).matchAll(/\bDEFAULT_[A-Z_]+/g)].some(([name]) => !(name in NO_POLICY)),
  );
  expect(found).toEqual([]);
});

/** Figures of the domain that no county decides, by why: `folder/file NAME`. */
const NO_RULE: Readonly<Record<string, readonly string[]>> = {
  'units, codes and orders': [
    'case/steps LEVEL_RANK',
    'case/steps RANK',
    'movements/ledger SIGNS',
    'movements/ledger ZERO',
    'notice/clock HOUR_MS',
    'pairing/transport LOWER',
    'pairing/transport TREE',
    'pairing/transport UPPER',
    'roster/columns SEQUENCE',
    'shared/accounts HOUR_MS',
    'shared/receipt RANDOM_SIGNS',
    'shared/region SIGNIFICANT',
    'shared/time DAY_MS',
    'shared/time SHANGHAI_OFFSET_MS',
    'training/certificate SERIAL_DIGITS',
  ],
  'what a person mistypes is beyond it: a day of another year, a sum with two zeros more': [
    'evaluation/plan LONGEST_FIELD_DAYS',
    'facts/fact-input LARGEST_MEASURE',
    'facts/fact-input LONGEST_NAME',
    'facts/fact-input LONGEST_TEXT',
    'facts/fact-input MOST_COUNTED',
    'industry/contract MOST_YEARS',
    'industry/contract SIGNED_WITHIN',
    'pairing/pairing-days USUAL_DAYS',
    'regions/plan-change MAX_NUMBER',
    'shared/bounds MOST_FOR_A_CONTRACT',
    'shared/bounds MOST_FOR_A_COUNTY',
    'shared/bounds MOST_FOR_A_HOUSEHOLD',
    'shared/grants MOST_YEARS',
    'shared/policy MAX_AHEAD_DAYS',
    'training/schedule MOST_DAYS',
    'training/schedule MOST_SESSIONS',
  ],
  'how much is read, kept or named at once': [
    'industry/entity MOST_NAMED',
    'roster/dictionaries HEALTH_LISTS_KEPT',
    'roster/header HEADER_SEARCH_ROWS',
    'shared/digits KEPT_DIGITS',
    'shared/id-number LONGEST_VALUE',
    'shared/normalise LONGEST_HEADER',
    'shared/table-rows LONGEST_HEADER',
  ],
  'the statistics of an evaluation, which its reference page explains and an outsider computes again': [
    'evaluation/beta MOST_STEPS',
    'evaluation/beta MOST_TERMS',
    'evaluation/interval ASSUMED_CORRELATION',
    'evaluation/interval FEW_CASES',
    'evaluation/interval TAIL',
    'evaluation/power ALIKE',
    'evaluation/power MOST_VILLAGES',
    'evaluation/power TARGET',
    'evaluation/power UNEQUAL',
    'evaluation/random MAX_SIZE',
    'evaluation/result LEAST_VILLAGES',
  ],
  'distances that are used where the table of divisions has none': [
    'pairing/village-distance EARTH_KM',
    'pairing/village-distance IN_COUNTY',
    'pairing/village-distance IN_TOWNSHIP',
    'pairing/village-distance MOST_STEPS',
    'pairing/village-distance STEP_KM',
  ],
  'security of accounts and of the public pages, the same in every county': [
    'shared/accounts KEY_DAYS',
    'shared/accounts KEY_MOST_DAYS',
    'shared/accounts ONE_TIME_HOURS',
    'shared/objection LEAST_SIGNS',
    'shared/objection MOST_UNANSWERED',
    'training/satisfaction LEAST_ANSWERS',
  ],
};

/** A figure, or several by their names, that a file of the domain names at its top. */
const FIGURES = /^(?:export )?const ([A-Z][A-Z0-9_]*)(?:: [^=]+)? = (?:-?[\d._]+[ ;*/]|\{[^{};]*: -?[\d._]+[,\s}])/gm;

it('a figure of the domain that is a rule is an argument of the rule: each that is none is said, with why', () => {
  const found = sources
    .filter((file) => file.startsWith('packages/domain/'))
    .flatMap((file) => {
      const place = `${basename(dirname(file))}/${basename(file, '.ts')}`;
      return [...source(file).matchAll(FIGURES)].map(([, name]) => `${place} ${name}`);
    });
  expect(found.toSorted()).toEqual(Object.values(NO_RULE).flat().toSorted());
  expect(sources.filter((file) => file.startsWith('packages/domain/') && /_POLICIES\b/.test(source(file)))).toEqual([]);
});

/** What reads a policy within the transaction of a command and keeps no version of it, by why. */
const KEEPS_NONE: Readonly<Record<string, readonly string[]>> = {
  'a quota is that of each day a pairing holds, by the version of that day, and is asked for again at every change': [
    'apps/pairing-service/src/features/cadres/cadre.repository.ts',
    'apps/pairing-service/src/features/pairings/assign-helper/assign-helper.ts',
    'apps/pairing-service/src/features/pairings/end-pairing/end-pairing.ts',
    'apps/pairing-service/src/features/pairings/hand-over-household/hand-over-household.ts',
    'apps/pairing-service/src/features/pairings/move-pairing-change/move-pairing-change.ts',
    'apps/pairing-service/src/features/pairings/withdraw-pairing-change/withdraw-pairing-change.ts',
    'apps/pairing-service/src/features/plans/apply-plan/apply-plan.ts',
    'apps/pairing-service/src/features/plans/reverse.ts',
  ],
};

it('a command that decides by a policy keeps the version that it used', () => {
  const found = sources.filter((file) => {
    const text = source(file);
    return (
      /^apps\/\w+-service\/src\/features\//.test(file) &&
      /\b\w*[pP]olic\w*\((?:call\.)?tx\b/.test(text) &&
      !/policy_id|policyId/.test(text)
    );
  });
  expect(found.toSorted()).toEqual(Object.values(KEEPS_NONE).flat().toSorted());
});
