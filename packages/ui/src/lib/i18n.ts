import i18next, { type i18n } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { en } from './texts.en.ts';
import { type UiTextKey, zhCN } from './texts.zh-CN.ts';

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** An app's own words: flat keys, the same in both languages. */
export type Resources = Readonly<Record<Language, Readonly<Record<string, string>>>>;

export type TextParams = Readonly<Record<string, string | number>>;

const STORED = 'bangfu.language';

const isLanguage = (text: string | null): text is Language => LANGUAGES.some((l) => l === text);

/** The language chosen on this device; zh-CN until someone chooses. */
export function storedLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  return isLanguage(stored) ? stored : 'zh-CN';
}

/** Starts i18next with the app's words (namespace `app`) and the shell's (namespace `ui`), in the stored language. */
export function setupI18n(resources: Resources): i18n {
  const language = storedLanguage();
  document.documentElement.lang = language;
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh-CN',
    ns: ['app', 'ui'],
    defaultNS: 'app',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: {
      'zh-CN': { app: resources['zh-CN'], ui: zhCN },
      en: { app: resources.en, ui: en },
    },
    initAsync: false,
  });
  return i18next;
}

/** Changes the language of the page and remembers it on this device. */
export function changeLanguage(language: Language): void {
  localStorage.setItem(STORED, language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}

/** The language now shown; the component is drawn again when it changes. */
export function useLanguage(): Language {
  const { i18n: current } = useTranslation('ui');
  return isLanguage(current.language) ? current.language : 'zh-CN';
}

/** The shell's words. */
export function useUiText(): (key: UiTextKey, params?: TextParams) => string {
  const { t } = useTranslation('ui');
  return (key, params) => t(key, { ...params });
}

/** One of the shell's words where no component is drawn, as in a failure's title. */
export const uiText = (key: UiTextKey): string => i18next.t(key, { ns: 'ui' });

/** The app's words; name the keys by `useText<keyof typeof zhCN>()` so that a missing one fails the type check. */
export function useText<Key extends string>(): (key: Key, params?: TextParams) => string {
  const { t } = useTranslation('app');
  return (key: string, params) => t(key, { ...params });
}
