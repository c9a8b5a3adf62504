import { declareDividend } from '@bangfu/contracts/industry/declarations';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMayNot } from '@bangfu/ui/lib/may';
import { LinkButton } from '@bangfu/ui/link-button';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import type { TextKey } from '../texts.zh-CN.ts';
import { DeclarationSheet } from './sheet.tsx';

/** Dividend declarations: the entity's own desk, and what the others follow. */
export function Component() {
  const t = useText<TextKey>();
  const mayNot = useMayNot();
  const declare = (
    <LinkButton type="primary" reason={mayNot(declareDividend)} to="/declarations/new">
      {t('declaration.new')}
    </LinkButton>
  );
  return (
    <Page title={t('place.declarations')} subtitle={t('declaration.subtitle')} actions={declare}>
      <DeclarationSheet
        empty={<Empty title={t('declaration.empty')} hint={t('declaration.emptyHint')} actions={declare} />}
      />
    </Page>
  );
}
