import { declareDividend } from '@bangfu/contracts/industry/declarations';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMayNot } from '@bangfu/ui/lib/may';
import { Page } from '@bangfu/ui/page';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Empty } from '@bangfu/ui/states';
import { useNavigate } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { DeclarationSheet } from './sheet.tsx';

/** Dividend declarations: the entity's own desk, and what the others follow. */
export function Component() {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  const mayNot = useMayNot();
  const declare = (
    <ReasonedButton type="primary" reason={mayNot(declareDividend)} onClick={() => navigate('/declarations/new')}>
      {t('declaration.new')}
    </ReasonedButton>
  );
  return (
    <Page title={t('place.declarations')} subtitle={t('declaration.subtitle')} actions={declare}>
      <DeclarationSheet
        empty={<Empty title={t('declaration.empty')} hint={t('declaration.emptyHint')} actions={declare} />}
      />
    </Page>
  );
}
