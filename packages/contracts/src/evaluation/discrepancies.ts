import { DISCREPANCY_ITEMS } from '@bangfu/domain/evaluation/discrepancy';
import { z } from 'zod';
import { Count, FileAnswer, page, PageQuery } from '../core/common.ts';
import { sortBy } from '../core/list.ts';
import { operation } from '../core/operation.ts';
import { EVALUATION_READERS, EvaluationParams } from './evaluations.ts';

const Item = z.enum(DISCREPANCY_ITEMS);

/** One item in which a return differs from the register as it was frozen: persons, fen, or 1 for poor and 0 for not. */
export const Discrepancy = z
  .object({
    householdNumber: z.string(),
    townshipName: z.string(),
    villageName: z.string(),
    headName: z.string(),
    item: Item,
    registered: z.int(),
    found: z.int(),
  })
  .meta({ id: 'Discrepancy' });
export type Discrepancy = z.output<typeof Discrepancy>;

/** How far register and interviews agree on one item. */
export const ItemAgreement = z
  .object({
    item: Item,
    compared: Count,
    different: Count,
    /** Cohen's kappa; null when nothing was compared or only one value occurs. */
    kappa: z.number().nullable(),
  })
  .meta({ id: 'ItemAgreement' });

export const listDiscrepancies = operation({
  id: 'listDiscrepancies',
  owner: 'evaluation',
  method: 'GET',
  path: '/evaluations/{evaluationId}/discrepancies',
  summary: {
    zh: '问卷与固定时登记值的逐项差异和一致性（Kappa）',
    en: 'Differences between returns and the frozen register item by item, with kappa per item',
  },
  access: EVALUATION_READERS,
  audit: 'evaluation.discrepancies.read',
  params: EvaluationParams,
  query: PageQuery.extend({
    item: Item.optional(),
    sort: sortBy('householdNumber', 'headName', 'villageName', 'item', 'registered', 'found'),
  }),
  answer: page(Discrepancy).extend({ agreement: z.array(ItemAgreement) }),
});

export const downloadDiscrepancies = operation({
  id: 'downloadDiscrepancies',
  owner: 'evaluation',
  method: 'GET',
  path: '/evaluations/{evaluationId}/discrepancies.xlsx',
  summary: { zh: '下载逐项差异', en: 'The differences as a workbook' },
  access: EVALUATION_READERS,
  audit: 'evaluation.discrepancies.downloaded',
  params: EvaluationParams,
  answer: FileAnswer,
  answers: 'file',
});
