import type { Caller } from './caller.ts';

/** Who acts when a service does something by itself: on an event, say, whose id stands for the request. */
export function systemCaller(countyCode: string, requestId: string): Caller {
  return { id: 'system', name: '系统', countyCode, grants: [], usable: [], address: 'local', requestId };
}
