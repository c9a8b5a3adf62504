import { qrSvg } from '@bangfu/platform/print/qr';
import { html, type Html } from '../html.ts';

/** The code and the address under which anyone can verify what hangs here. */
export async function sealOf(address: string): Promise<Html> {
  return html`<section class="seal">
        <div class="qr" role="img" aria-label="核验二维码">${{ html: await qrSvg(address) }}</div>
        <p>内容在张贴时已经封存，扫码或打开下面的地址可以核验：<br /><a href="${address}">${address}</a></p>
      </section>`;
}
