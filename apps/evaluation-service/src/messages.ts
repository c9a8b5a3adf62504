import { EVALUATION_MESSAGES } from '@bangfu/domain/evaluation/messages';
import type { Messages } from '@bangfu/platform/http/messages';

/** Texts of this service's refusals: its domain's and its own. */
export const MESSAGES: Messages = {
  ...EVALUATION_MESSAGES,
  FRAME_CHANGED: {
    zh: '抽样框与公布的校验值不符，已被改动，不能继续，请立即报告审计',
    en: 'The frame does not match its published hash any more; report it to the auditor.',
  },
};
