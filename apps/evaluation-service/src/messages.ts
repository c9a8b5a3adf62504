import { EVALUATION_MESSAGES } from '@bangfu/domain/evaluation/messages';
import type { Messages } from '@bangfu/service-kit/http/messages';

/** Texts of this service's refusals: its domain's and its own. */
export const MESSAGES: Messages = { ...EVALUATION_MESSAGES };
