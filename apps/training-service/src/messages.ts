import { TRAINING_MESSAGES } from '@bangfu/domain/training/messages';
import type { Messages } from '@bangfu/service-kit/http/messages';

/** Texts of this service's refusals: its domain's and its own. */
export const MESSAGES: Messages = { ...TRAINING_MESSAGES };
