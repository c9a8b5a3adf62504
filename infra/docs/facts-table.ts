import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_FACTS, type CataloguedFact } from '../../packages/domain/src/identification/facts/catalogue.ts';
import type { FactKind } from '../../packages/domain/src/identification/facts/kind.ts';
import { ROOT } from '../local/options.ts';

/** The page of docs/ that lists all facts. */
export const FACTS_PAGE = join(ROOT, 'docs/reference/facts.md');

const SUBJECTS = {
  household: 'Household 农户',
  person: 'Person 家庭成员',
  village: 'Village and year 村情',
  work: 'Work record 务工记录',
  measure: 'Measure 帮扶措施',
} as const;

function kindText({ name, dictionary, most, unit }: FactKind<unknown>): string {
  const words =
    dictionary && dictionary.codes.length <= 30 ? ` (${dictionary.codes.map(dictionary.label).join(' ')})` : '';
  return `${name}${most === undefined ? '' : ` ≤ ${most}`}${unit ? ` ${unit}` : ''}${words}`;
}

function row({ key, fact }: CataloguedFact): string {
  const { national, later, form, village } = fact.headings;
  const columns = [
    ...(national ? [`${national.at}. ${national.writings[0]}`] : []),
    ...(later ? [`${later.at}. ${later.writings[0]}${later.columns ? `1-${later.columns}` : ''}`] : []),
    ...(village ? [village[0]] : []),
  ];
  const formItem = form ? `${form.item ?? ''} ${form.writings[0]}`.trim() : '';
  const marks = [
    fact.required && 'required',
    fact.sensitive && `sensitive: ${fact.sensitive}`,
    fact.shared && 'shared',
    fact.yearly && 'of a year',
    fact.byProcedure && 'by procedure',
    fact.byMovement && 'by movement',
    fact.derived && 'derived',
  ].filter(Boolean);
  const cells = [`\`${key}\``, fact.zh, fact.en, kindText(fact.kind), columns.join(', '), formItem, marks.join(', ')];
  return `| ${cells.join(' | ')} |`;
}

/** The page as the catalogue has it. */
export function factsPage(): string {
  const sections = Object.entries(SUBJECTS).map(([subject, title]) => {
    const rows = ALL_FACTS.filter((each) => each.subject === subject).map(row);
    return `## ${title}\n\n| key | | | kind | column | form | |\n|---|---|---|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `# Facts

Made from \`packages/domain/src/identification/facts\` by \`node --conditions=SOURCE infra/docs/facts-table.ts\`.

Each fact that the register knows of a household, a person or a village is declared there once. Columns are those of the
national export, by their number; items those of the registration form. A fact without either comes in by form or by
program. \`shared\` facts go to other services; what is \`by procedure\` changes only by its procedure.

${sections.join('\n')}`;
}

if (import.meta.main) writeFileSync(FACTS_PAGE, factsPage());
