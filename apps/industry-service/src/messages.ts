import { INDUSTRY_MESSAGES } from '@bangfu/domain/industry/messages';
import type { Messages } from '@bangfu/service-kit/http/messages';

/** Texts of this service's refusals: its domain's and its own. */
export const MESSAGES: Messages = { ...INDUSTRY_MESSAGES };
