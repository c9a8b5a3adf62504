import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '../../packages/contracts/src/core/policy.ts';
import { labelledValues, policyFields } from '../../packages/contracts/src/core/policy-fields.ts';
import { POLICY_UNITS } from '../../packages/contracts/src/core/field-words.ts';
import { ALL_POLICIES } from '../../packages/contracts/src/policies.ts';
import { ROOT } from '../local/options.ts';

/** The page of docs/ that lists all policies. */
export const POLICIES_PAGE = join(ROOT, 'docs/reference/policies.md');

/** The fields of a policy as its form has them: label, name, unit and bounds. */
function fieldRows(fields: ReturnType<typeof policyFields>, path = '', labels: readonly string[] = []): string[] {
  return fields.flatMap((field) => {
    const name = path ? `${path}.${field.name}` : field.name;
    const own = [...labels, `${field.words.zh} ${field.words.en}`];
    if (field.fields.length > 0) return fieldRows(field.fields, name, own);
    const unit = field.words.unit ? POLICY_UNITS[field.words.unit].en : '';
    const range =
      field.kind === 'number'
        ? `${field.min} – ${field.max}`
        : field.kind === 'choice'
          ? Object.keys(field.words.choices ?? {}).join(', ')
          : field.kind;
    const kept = field.words.unit === 'fen' ? 'fen' : field.words.unit === 'basis-point' ? 'basis points' : unit;
    return [`| \`${name}\` | ${own.join(' · ')} | ${kept} | ${range} |`];
  });
}

function section(policy: Policy): string {
  const seeds = policy.seeds.map(({ validFrom, regions, value, document, paragraph }) => {
    const words = labelledValues(policyFields(policy), value, 'en').map(({ label, text }) => `${label} ${text}`);
    const where = regions ? regions.join(', ') : 'all';
    return `| ${validFrom} | ${where} | ${[document, paragraph].filter(Boolean).join(' ')} | ${words.join('; ')} |`;
  });
  return `### \`${policy.key}\` – ${policy.label.zh}

${policy.label.en}${policy.isYearly ? '. Each version holds in its year only.' : '.'}

| field | label | kept in | range |
|---|---|---|---|
${fieldRows(policyFields(policy)).join('\n')}

| shipped from | divisions | document | value |
|---|---|---|---|
${seeds.join('\n')}
`;
}

/** The page as the declarations have it. */
export function policiesPage(): string {
  const services = ALL_POLICIES.map(
    (declared) => `## ${declared.listPolicies.owner}\n\n${declared.policies.map(section).join('\n')}`,
  );
  return `# Policies

Made from \`packages/contracts/src/<service>/policies.ts\` by \`node --conditions=SOURCE infra/docs/policies-table.ts\`.

What may differ by county and day is a policy: drafted by the county office, approved by a county leader, in force from its
day on (today or later), never changed ([ADR 0032](../adr/0032-policies-are-data.md)). A county's own version comes before the
shipped ones, a province's before the country's. Every decision uses the version in force on the day it is made, and what is
kept of it names that version.

${services.join('\n')}`;
}

if (import.meta.main) writeFileSync(POLICIES_PAGE, policiesPage());
