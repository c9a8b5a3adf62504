import { Refusal } from '@bangfu/platform/http/refusal';
import type { Asked } from '../services/ask.ts';

/** What a service answered, or null when there is no such thing. @throws Refusal 503 when it did not answer */
export function answered<T>(asked: Asked<T>): T | null {
  if (asked.state === 'answered') return asked.data;
  if (asked.state === 'absent') throw new Refusal(503, 'SERVICE_DOWN');
  if (asked.problem.status === 404 || asked.problem.status === 400) return null;
  throw new Refusal(asked.problem.status, asked.problem.code);
}
