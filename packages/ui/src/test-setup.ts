import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach } from 'vitest';
import { setupI18n } from './lib/i18n.ts';

// jsdom has neither: a desk's width is assumed, and sizes never change.
window.matchMedia = (query) =>
  Object.assign(new EventTarget(), {
    matches: false,
    media: query,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });
window.ResizeObserver = class {
  observe = () => undefined;
  unobserve = () => undefined;
  disconnect = () => undefined;
};

beforeEach(() => {
  localStorage.clear();
  setupI18n({ 'zh-CN': {}, en: {} });
});

afterEach(cleanup);
