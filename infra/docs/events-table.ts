import { writeFileSync } from 'node:fs';
import { ROOT } from '../local/options.ts';
import { join } from 'node:path';
// By its path: the events' own tests need infra, and packages may not need one another in a circle.
import { type CatalogueEntry, catalogue } from '../../packages/events/src/catalog/all.ts';
import { PARTITIONS } from '../../packages/events/src/partitions.ts';

/** The page of docs/ that lists all events. */
export const EVENTS_PAGE = join(ROOT, 'docs/reference/events.md');

interface Field {
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Field>>;
}

function fields({ data }: CatalogueEntry): string {
  const { properties = {} } = data.toJSONSchema({ io: 'input', unrepresentable: 'any' }) as Field;
  return Object.keys(properties)
    .map((name) => `\`${name}\``)
    .join(' ');
}

/** The page as the catalogue has it. */
export function eventsPage(): string {
  const rows = [...catalogue]
    .sort((a, b) => (a.type < b.type ? -1 : 1))
    .map((entry) => `| \`${entry.type}\` | ${entry.summary.en} | ${entry.summary.zh} | ${fields(entry)} |`);
  return `# Events

Made from \`packages/events/src/catalog/all.ts\` by \`node --conditions=SOURCE infra/docs/events-table.ts\`.

Structured CloudEvents 1.0 in JSON. The topic is the first two parts of the type; each has ${PARTITIONS} partitions, on Kafka and in
the embedded log alike. \`aggregate\` is the record whose events stay in order, \`sequence\` its gapless number on the
topic, \`countycode\` its county. Names may travel; ID numbers, telephones and bank accounts never do. The full schemas
are at \`/api/asyncapi.json\` of a running platform.

| type | | | data |
|---|---|---|---|
${rows.join('\n')}
`;
}

if (import.meta.main) writeFileSync(EVENTS_PAGE, eventsPage());
