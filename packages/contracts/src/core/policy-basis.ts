import { z } from 'zod';
import { Uuid } from './common.ts';

/** The version of a policy by which something was decided, as answers and papers name it. */
export const PolicyBasis = z
  .object({ id: Uuid, document: z.string(), paragraph: z.string() })
  .meta({ id: 'PolicyBasis' });
export type PolicyBasis = z.output<typeof PolicyBasis>;
