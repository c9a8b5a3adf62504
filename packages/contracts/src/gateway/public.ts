import { PageQuery } from '../core/common.ts';
import { operation } from '../core/operation.ts';
import { PublicEvaluations } from '../evaluation/public.ts';

export const getPublicEvaluations = operation({
  id: 'getPublicEvaluations',
  owner: 'gateway',
  method: 'GET',
  path: '/public/evaluations',
  summary: {
    zh: '公开的评估记录：抽样框校验值、种子、样本校验值及时间',
    en: 'What is published of each evaluation: frame hash, seed, sample hash and their instants',
  },
  access: 'public',
  unsorted: 'a public page shows the newest first',
  query: PageQuery,
  answer: PublicEvaluations,
});
