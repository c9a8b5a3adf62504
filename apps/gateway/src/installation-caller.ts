import { randomUUID } from 'node:crypto';
import type { Grant } from '@bangfu/domain/shared/roles';
import type { Caller } from '@bangfu/platform/auth/caller';
import { systemCaller } from '@bangfu/platform/auth/system-caller';

const PLATFORM: Grant = { role: 'system-administrator', scope: { kind: 'platform' } };

/** The installation itself, for what it does at its start; whoever starts it administers the machine. */
export function installationCaller(countyCode: string): Caller {
  const grants = [PLATFORM];
  return { ...systemCaller(countyCode, randomUUID()), grants, usable: grants };
}
