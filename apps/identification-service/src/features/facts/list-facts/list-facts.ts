import * as contract from '@bangfu/contracts/identification/facts';
import { ALL_FACTS } from '@bangfu/domain/identification/facts/catalogue';
import { columnWritings, type Fact } from '@bangfu/domain/identification/facts/fact';
import { query } from '../../../operations.ts';

/** Everything that the layouts call a fact, each once. */
function headingsOf({ headings: { national, later, form, village } }: Fact): string[] {
  const written = [national, later, form].flatMap((heading) => (heading ? columnWritings(heading).flat() : []));
  return [...new Set([...written, ...(village ?? [])])];
}

/** The catalogue of facts. */
export const listFacts = query(contract.listFacts, async () => ({
  facts: ALL_FACTS.map(({ key, subject, fact }) => {
    const { kind, zh, en, sensitive, shared } = fact;
    return {
      key,
      subject,
      kind: kind.name,
      unit: kind.unit ?? null,
      dictionary: kind.dictionary?.codes.map((code) => ({ code, label: kind.dictionary?.label(code) ?? code })) ?? null,
      labels: { zh, en },
      headings: headingsOf(fact),
      sensitive: sensitive !== undefined,
      shared: shared ?? false,
    };
  }),
}));
