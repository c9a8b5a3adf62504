import type { Caller } from '@bangfu/platform/auth/caller';
import type { Request } from 'express';
import { identityOf } from '../auth/guard.ts';
import type { Asking } from './ask.ts';

/** A service that has not answered by now is shown as absent (architecture, decision 4). */
export const DEADLINE_MS = 2000;

/** On behalf of the caller of one of the gateway's own operations. */
export function askingFor(
  call: { readonly request: Request; readonly caller: Caller; readonly language: 'zh' | 'en' },
  deadlineMs = DEADLINE_MS,
): Asking {
  return {
    token: identityOf(call.request)?.token,
    language: call.language,
    requestId: call.caller.requestId,
    address: call.caller.address,
    deadlineMs,
  };
}
