import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import { send } from '@bangfu/contracts/core/client';
import type { Operation, ServiceName } from '@bangfu/contracts/core/operation';
import type { Grant } from '@bangfu/domain/shared/roles';
import { grant, type TestService } from './test-service.ts';

/** The grants of those who see households masked, in the whole test county. */
export const watchersOf = (service: ServiceName): readonly Grant[] => {
  const auditor = grant('auditor');
  const regions = auditor.scope.kind === 'region' ? [auditor.scope.code] : [];
  const scope = { kind: 'evaluation' as const, id: 'e1', regions, services: [service] };
  return [auditor, { role: 'evaluator', scope }];
};

const isOpenTo = ({ role }: Grant, { access }: Operation) =>
  access === 'signed-in' || (access !== 'public' && access.includes(role));
/** The words a query of the operation knows: what it does not is refused. */
export const knownTo = ({ query }: Operation, words: Readonly<Record<string, string>>) => {
  const shape = query && 'shape' in query ? (query.shape as object) : {};
  return Object.fromEntries(Object.entries(words).filter(([name]) => name in shape));
};
const needed = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');

/**
 * All that a service shows one of its watchers: the answer of every read open to him, by the operation's id.
 * @param params what paths and queries may ask for; reads whose path asks for more are `left`
 */
export async function readAsWatcher(
  world: TestService,
  service: ServiceName,
  watcher: Grant,
  params: Readonly<Record<string, string>>,
): Promise<{ readonly answers: Readonly<Record<string, string>>; readonly left: readonly string[] }> {
  const open = ALL_OPERATIONS.filter(
    (op) => op.owner === service && op.method === 'GET' && op.answers !== 'live' && isOpenTo(watcher, op),
  );
  const connection = world.as(`watcher-${watcher.role}`, watcher);
  const answers: Record<string, string> = {};
  const left: string[] = [];
  for (const op of open) {
    if (needed(op.path).some((name) => !(name in params))) left.push(op.id);
    else answers[op.id] = await (await send(connection, op, { params, query: knownTo(op, params) })).text();
  }
  return { answers, left };
}

/** Which of the names stand whole in which of the answers. */
export function namedIn(answers: Readonly<Record<string, string>>, names: readonly string[]): string[] {
  return Object.entries(answers).flatMap(([id, answer]) =>
    names.filter((name) => answer.includes(name)).map((name) => `${id}: ${name}`),
  );
}
