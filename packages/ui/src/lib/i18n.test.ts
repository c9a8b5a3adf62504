import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { changeLanguage, setupI18n, storedLanguage } from './i18n.ts';
import { en } from './texts.en.ts';
import { zhCN } from './texts.zh-CN.ts';

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort();

describe('two languages', () => {
  it('begins in Chinese, remembers a change on this device and tells the document', () => {
    expect(storedLanguage()).toBe('zh-CN');
    changeLanguage('en');
    expect(document.documentElement.lang).toBe('en');
    setupI18n({ 'zh-CN': { greet: '您好' }, en: { greet: 'Hello' } });
    expect(i18next.language).toBe('en');
    expect(i18next.t('greet')).toBe('Hello');
  });

  it.each(Object.keys(zhCN) as (keyof typeof zhCN)[])('%s fills in the same values in both', (key) => {
    expect(placeholders(en[key])).toEqual(placeholders(zhCN[key]));
  });

  it('shows no English on Chinese screens but the name of the other language', () => {
    const english = Object.entries(zhCN).filter(([, text]) => /[A-Za-z]{2,}/.test(text.replaceAll(/\{\{\w+\}\}/g, '')));
    expect(english.map(([key]) => key)).toEqual(['shell.languageName']);
  });
});
