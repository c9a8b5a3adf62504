import { mountPages } from '@bangfu/ui/pages';
import { Frame } from './frame.tsx';
import { ROUTES } from './routes.tsx';
import { en } from './texts.en.ts';
import { zhCN } from './texts.zh-CN.ts';

mountPages({
  frame: <Frame />,
  pages: ROUTES,
  base: import.meta.env.BASE_URL,
  resources: { 'zh-CN': zhCN, en },
});
