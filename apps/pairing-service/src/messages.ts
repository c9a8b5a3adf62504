import { PAIRING_MESSAGES } from '@bangfu/domain/pairing/messages';
import type { Messages } from '@bangfu/service-kit/http/messages';

/** Texts of this service's refusals: its domain's and its own. */
export const MESSAGES: Messages = { ...PAIRING_MESSAGES };
