import { listPublicEvaluations, type PublicEvaluation } from '@bangfu/contracts/evaluation/public';
import { STRATA, STRATUM_NAMES } from '@bangfu/domain/evaluation/frame';
import { answered } from '../answered.ts';
import { type Html, html } from '../html.ts';
import { momentOf } from '../notices/words.ts';
import type { PublicPage } from '../page.ts';

const PAGE_ROWS = 50;

const facts = (rows: readonly (readonly [string, string | number | Html])[]): Html =>
  html`<dl>${rows.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`;

const code = (text: string): Html => html`<code>${text}</code>`;

function seedPlanOf({ seedPlan }: PublicEvaluation): (readonly [string, string | Html])[] {
  if (!seedPlan) return [];
  return seedPlan.kind === 'public-event'
    ? [['种子来源（固定抽样框之前确定）', `${seedPlan.event}，${seedPlan.day}`]]
    : [['评估员种子的校验值（固定抽样框之前登记）', code(seedPlan.commitment)]];
}

function designOf({ villages, take, replacements }: PublicEvaluation['design']): string {
  const perVillage = STRATA.map((stratum) => `${STRATUM_NAMES[stratum]} ${take[stratum]} 户`).join('、');
  return `抽 ${villages} 个村；每村抽 ${perVillage}；每层替换 ${replacements} 户`;
}

function entryOf(row: PublicEvaluation): Html {
  const { frame, seed, sample, signer } = row;
  const rows: (readonly [string, string | number | Html])[] = [
    ['抽样框日期', row.frameDate],
    ['抽样设计', designOf(row.design)],
    ['抽样框', `${frame.households} 户 ${frame.persons} 人，${momentOf(frame.frozenAt)} 固定`],
    ['抽样框校验值', code(frame.hash)],
    ...(frame.registerHash ? [['登记值校验值', code(frame.registerHash)] as const] : []),
    ...seedPlanOf(row),
    ...(signer
      ? [['评估员公钥指纹', html`${code(signer.fingerprint)}<br />${momentOf(signer.registeredAt)} 登记`] as const]
      : []),
    seed
      ? ['种子', html`${code(seed.text)}<br />${seed.source ?? '评估员签名公开'}，${momentOf(seed.publishedAt)} 公布`]
      : ['种子', '尚未公布'],
    ...(sample
      ? [
          [
            '样本',
            `${sample.villages} 个村 ${sample.households} 户，替换 ${sample.replacements} 户，${momentOf(sample.drawnAt)} 抽取`,
          ] as const,
          ['样本校验值', code(sample.hash)] as const,
        ]
      : [['样本', '尚未抽取'] as const]),
  ];
  const earlier = row.earlierSeeds.map(
    (each) => html`<p class="problem">同一抽样框（或同一天、同一范围）此前已用另一种子抽过样：《${each.name}》，种子
      ${code(each.seed)}，${momentOf(each.publishedAt)} 公布。</p>`,
  );
  return html`<section class="evaluation" id="${row.id}" aria-labelledby="title-${row.id}">
    <h2 id="title-${row.id}">${row.name}</h2>
    ${earlier} ${facts(rows)}
  </section>`;
}

/** Frame hash, seed and sample hash of every evaluation, for whoever wants to check the draw. */
export const evaluationsPage: PublicPage = {
  path: '/public/evaluations',
  listed: '第三方评估抽样记录',
  async render({ ask, asking, query }) {
    const cursor = query['after'];
    const input = { query: { limit: PAGE_ROWS, ...(cursor ? { cursor } : {}) } };
    const page = answered(await ask('evaluation', listPublicEvaluations, input, asking));
    if (!page) return null;
    const next = page.next
      ? html`<p><a href="/public/evaluations?after=${encodeURIComponent(page.next)}">更早的评估项目</a></p>`
      : null;
    const body =
      page.rows.length === 0
        ? html`<p>目前没有已固定抽样框的评估项目。</p>`
        : html`<p>抽样框、种子和样本的校验值在产生时即公布，任何人都可以据此核对抽样。公开事件产生的种子不是秘密：
            持有抽样框和种子的人都能算出样本。同样的内容可以从 <a href="/api/public/evaluations">/api/public/evaluations</a>
            以 JSON 读取。</p>${page.rows.map(entryOf)}${next}`;
    return { title: '第三方评估抽样记录', body };
  },
};
