import { verifyCertificate } from '@bangfu/contracts/training/certificates';
import { typedKey } from '@bangfu/domain/shared/typed-number';
import { html, type Html } from './html.ts';
import type { PublicPage } from './page.ts';

/** How a training certificate's number looks, even when mistyped: digits and at most a final X. Other papers' numbers have letters. */
const LOOKS_LIKE_ONE = /^\d{8,40}X?$/;

const VERDICTS = {
  valid: { title: '证书有效', text: '本证书由本县帮扶培训平台发放，目前有效。' },
  withdrawn: { title: '证书已撤销', text: '本证书曾经发放，现已撤销，不再有效。' },
  unknown: { title: '没有这张证书', text: '编号书写正确，但本县没有发放过这个编号的证书。' },
  wrong: { title: '证书编号有误', text: '编号不正确，请对照证书逐位核对后重新输入。' },
} as const;

/** Where the code on a training certificate leads: whether it is genuine, for whom (masked), for which course. */
export const verifyCertificatePage: PublicPage = {
  path: '/public/verify/:number',
  listed: null,
  async render({ params, ask, asking }) {
    const number = params['number'] ?? '';
    if (!LOOKS_LIKE_ONE.test(typedKey(number))) return null;
    const answer = await ask('training', verifyCertificate, { params: { number } }, asking);
    if (answer.state !== 'answered') {
      return { title: '暂时不能核验', body: html`<p>核验服务暂时没有应答，请稍后刷新本页再试。</p>` };
    }
    const { result, certificate } = answer.data;
    const { title, text } = VERDICTS[result];
    const facts: [string, string][] = [
      ['证书编号', answer.data.number],
      ...(certificate
        ? ([
            ['持证人', certificate.holder],
            ['课程', certificate.courseName],
            ['班次', certificate.className],
            ['培训机构', certificate.providerName],
            ['发证日期', certificate.issuedOn],
            ...(certificate.withdrawnOn ? ([['撤销日期', certificate.withdrawnOn]] as [string, string][]) : []),
          ] as [string, string][])
        : []),
    ];
    return { title, body: html`<p>${text}</p>${factList(facts)}` };
  },
};

function factList(facts: readonly [string, string][]): Html {
  return html`<dl>${facts.map(([label, value]) => html`<dt>${label}</dt><dd><strong>${value}</strong></dd>`)}</dl>`;
}
