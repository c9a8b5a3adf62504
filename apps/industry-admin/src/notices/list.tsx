import { useText } from '@bangfu/ui/lib/i18n';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { DeclarationSheet } from '../declarations/sheet.tsx';
import type { TextKey } from '../texts.zh-CN.ts';

/** The dividend notices that are open now, with the moment they may be closed. */
export function Component() {
  const t = useText<TextKey>();
  return (
    <Page title={t('place.notices')} subtitle={t('notice.subtitle')}>
      <DeclarationSheet only="on-notice" empty={<Empty title={t('notice.empty')} hint={t('notice.emptyHint')} />} />
    </Page>
  );
}
