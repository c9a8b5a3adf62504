import type { Caller } from '@bangfu/service-kit/auth/caller';

/** How a reader is answered: by what he may see, his language and the day. */
export interface Reader {
  readonly caller: Caller;
  readonly now: Date;
  readonly language: 'zh' | 'en';
}
