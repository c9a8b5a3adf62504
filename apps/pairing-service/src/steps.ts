import { stepWords } from '@bangfu/platform/steps';
import { MESSAGES } from './messages.ts';

/** The words of closed steps. */
export const STEP_WORDS = stepWords(MESSAGES);
