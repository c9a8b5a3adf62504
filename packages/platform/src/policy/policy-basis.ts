import type { PolicyBasis } from '@bangfu/contracts/core/policy-basis';
import { type Expression, sql } from 'kysely';

/** The version of a policy that a column names; null where the column is empty. */
export const policyBasis = (policyId: Expression<string | null>) =>
  sql<PolicyBasis | null>`(select jsonb_build_object('id', v.id, 'document', v.document, 'paragraph', v.paragraph)
    from policy as v where v.id = ${policyId})`;

/** The document and paragraph of a version as a paper prints them. */
export const basisText = ({ document, paragraph }: Pick<PolicyBasis, 'document' | 'paragraph'>): string =>
  paragraph === '' ? document : `${document} ${paragraph}`;
