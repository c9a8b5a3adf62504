import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import { figureDefinition, type Measure } from '@bangfu/contracts/core/figures';
import type { AnswerOf, Operation, ServiceName } from '@bangfu/contracts/core/operation';
import type { Grant, Role } from '@bangfu/domain/shared/roles';
import { grant, type TestService } from './test-service.ts';

type Figure = AnswerOf<ReturnType<typeof everyService>['getHome']>['figures'][number];
type Link = NonNullable<Figure['link']>;

const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce((inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key], value);
const sum = (rows: readonly unknown[], path: string) =>
  rows.reduce<number>((total, row) => total + Number(at(row, path) ?? 0), 0);

/** Every row of a list, page after page; of an answer without pages the rows it has. */
async function allRows(connection: Connection, op: Operation, link: Link, rows: string): Promise<unknown[]> {
  const found: unknown[] = [];
  let cursor: unknown;
  do {
    const query = { ...link.query, ...(cursor ? { cursor } : {}) };
    const answer: unknown = await call(connection, op, { params: link.params, query });
    found.push(...(at(answer, rows) as unknown[]));
    cursor = at(answer, 'next');
  } while (cursor);
  return found;
}

/** What the list behind a figure comes to, by the figure's measure. */
async function measured(connection: Connection, op: Operation, link: Link, measure: Measure): Promise<unknown> {
  if ('rows' in measure) {
    const rows = await allRows(connection, op, link, measure.rows);
    if ('sum' in measure) return sum(rows, measure.sum);
    return Math.floor((sum(rows, measure.part) * 10_000) / sum(rows, measure.of));
  }
  const answer: unknown = await call(connection, op, link);
  if ('total' in measure) return at(answer, 'total');
  if ('field' in measure) return at(answer, measure.field);
  return Math.round(Number(at(answer, measure.share)) * 10_000);
}

async function follow(
  connection: Connection,
  service: ServiceName,
  role: Role,
  figure: Figure,
): Promise<string | null> {
  const { key, value, link } = figure;
  const definition = figureDefinition(service, key);
  if (!definition) return 'says nowhere what it counts';
  const op = ALL_OPERATIONS.find(({ id }) => id === definition.operation);
  if (!op) return `counts the rows of ${definition.operation}, which there is not`;
  if (!link) return typeof op.access === 'string' || op.access.includes(role) ? 'does not open its rows' : null;
  const rows = await measured(connection, op, link, definition.measure);
  return rows === value ? null : `its rows come to ${String(rows)}`;
}

/**
 * Follows every figure of a service's home, for every role the home opens to, to the rows it counts.
 * @param township of which township roles see the figures
 * @param evaluation of which an evaluator sees them
 * @returns which figures were followed, and what does not agree
 */
export async function followFigures(
  world: TestService,
  service: ServiceName,
  township: string,
  evaluation = 'e1',
): Promise<{ readonly followed: ReadonlySet<string>; readonly wrong: readonly string[] }> {
  const { getHome } = everyService(service);
  const followed = new Set<string>();
  const wrong: string[] = [];
  for (const role of getHome.access as readonly Role[]) {
    const region = role.startsWith('township') ? grant(role, township) : grant(role);
    const regions = region.scope.kind === 'region' ? [region.scope.code] : [];
    const held: Grant =
      role === 'evaluator'
        ? { role, scope: { kind: 'evaluation', id: evaluation, regions, services: [service] } }
        : region;
    const connection = world.as(`figures-${role}`, held);
    for (const figure of (await call(connection, getHome)).figures) {
      const problem = await follow(connection, service, role, figure);
      if (problem) wrong.push(`${role}: ${figure.key} = ${figure.value}, ${problem}`);
      else if (figure.link) followed.add(figure.key);
    }
  }
  return { followed, wrong };
}
