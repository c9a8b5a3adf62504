import { IDENTIFICATION_MESSAGES, IDENTIFICATION_WORDS } from '@bangfu/domain/identification/messages';
import { ROLE_NAMES, type Role } from '@bangfu/domain/shared/roles';
import { useLanguage } from '@bangfu/ui/lib/i18n';

/** The domain's words and needs in the language now shown. */
export function useCaseWords() {
  const language = useLanguage() === 'en' ? 'en' : 'zh';
  return {
    /** A step's or status's name. */
    word: (code: keyof typeof IDENTIFICATION_WORDS) => IDENTIFICATION_WORDS[code][language],
    /** What the next step wants, with its figures. */
    need: (code: string, params: Readonly<Record<string, number>>) =>
      (IDENTIFICATION_MESSAGES[code]?.[language] ?? code).replace(/\{(\w+)\}/g, (_, name: string) =>
        String(params[name] ?? ''),
      ),
    role: (role: string) => ROLE_NAMES[role as Role] ?? role,
  };
}
