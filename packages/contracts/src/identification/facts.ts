import { z } from 'zod';
import { operation } from '../core/operation.ts';

/** A fact of the catalogue, as programs read it. */
export const CataloguedFact = z
  .object({
    key: z.string(),
    subject: z.enum(['household', 'person', 'village', 'work', 'measure']),
    kind: z.string(),
    unit: z.string().nullable(),
    /** The words of a code, each with what it is called. */
    dictionary: z.array(z.object({ code: z.string(), label: z.string() })).nullable(),
    labels: z.object({ zh: z.string(), en: z.string() }),
    /** Everything that its column or its item may be called. */
    headings: z.array(z.string()),
    sensitive: z.boolean(),
    /** Whether other services may have it. */
    shared: z.boolean(),
  })
  .meta({ id: 'CataloguedFact' });

export const listFacts = operation({
  id: 'listFacts',
  owner: 'identification',
  method: 'GET',
  path: '/facts',
  summary: { zh: '指标目录', en: 'The catalogue of facts that the register knows' },
  access: 'signed-in',
  answer: z.object({ facts: z.array(CataloguedFact) }),
});
