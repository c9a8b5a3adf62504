import type { Grant, Role } from '@bangfu/domain/shared/roles';
import type { Actor } from '@bangfu/platform/db/command';
import type { DemoGiven } from '@bangfu/platform/service';

/** A person of the demo at a moment, as a route's call would bring him. */
export interface DemoActor extends Actor {
  readonly language: 'zh';
}

/** Makes the actors of one county's demo: each act in the name of one account with one grant. */
export function demoPeople({ countyCode, accounts }: DemoGiven) {
  const actor = (user: string, grant: Grant, now: Date): DemoActor => {
    const account = accounts[user];
    if (!account) throw new Error(`the demo has no account ${user}`);
    return {
      caller: { ...account, countyCode, grants: [grant], usable: [grant], address: 'demo', requestId: 'demo' },
      now,
      language: 'zh',
    };
  };
  const inCounty = (role: Role): Grant => ({ role, scope: { kind: 'region', code: countyCode } });
  return {
    office: (now: Date) => actor('county', inCounty('county-office'), now),
    township: (now: Date) => actor('township', inCounty('township-officer'), now),
    village: (now: Date) => actor('village', inCounty('village-officer'), now),
    finance: (now: Date) => actor('finance', inCounty('finance'), now),
    entity: (id: string, now: Date) => actor('entity', { role: 'entity', scope: { kind: 'entity', id } }, now),
  };
}
