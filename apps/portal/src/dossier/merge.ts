import type { AnswerOf, ServiceName } from '@bangfu/contracts/core/operation';
import type { getDossier } from '@bangfu/contracts/gateway/county';

export type DossierAnswer = AnswerOf<typeof getDossier>;

export interface DossierEvent {
  readonly service: ServiceName;
  readonly at: string;
  readonly title: string;
  readonly detail: string;
}

/** One time line from all services, the newest first; events of one moment keep their services' order. */
export function mergedTimeline({ parts }: DossierAnswer): DossierEvent[] {
  return parts
    .flatMap(({ service, dossier }) => (dossier?.timeline ?? []).map((event) => ({ service, ...event })))
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

/** A fact of the register by its label on the form, as the header needs head, address and status. */
export function registerFact({ parts }: DossierAnswer, label: string): string | null {
  const register = parts.find((part) => part.service === 'identification')?.dossier;
  const facts = register?.sections.flatMap((section) => section.facts) ?? [];
  return facts.find((fact) => fact.label === label)?.value ?? null;
}
