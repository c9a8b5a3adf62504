import { randomUUID } from 'node:crypto';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import type { Grant } from '@bangfu/domain/shared/roles';

const PLATFORM: Grant = { role: 'system-administrator', scope: { kind: 'platform' } };

/** The installation itself, for what it does at its start; whoever starts it administers the machine. */
export function systemCaller(countyCode: string): Caller {
  const grants = [PLATFORM];
  return { id: 'system', name: '系统', countyCode, grants, usable: grants, address: 'local', requestId: randomUUID() };
}
