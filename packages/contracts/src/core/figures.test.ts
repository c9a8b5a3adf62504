import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALL_OPERATIONS } from '../all.ts';
import { figureAddress, figureDefinition, FIGURES } from './figures.ts';
import { SERVICES } from './operation.ts';

const APPS = join(import.meta.dirname, '../../../../apps');
/** The paths a service's front end serves, as its routes name them: `evaluations/:evaluationId/result`. */
const routesOf = (service: string) =>
  [...readFileSync(join(APPS, `${service}-admin/src/routes.tsx`), 'utf8').matchAll(/path: '([^']+)'/g)].map(
    ([, path]) => path,
  );

describe('given every figure of the services’ homes', () => {
  it.each(Object.entries(FIGURES))(
    '%s says what it counts and leads to a page and an operation of its service',
    (id, figure) => {
      const [service = ''] = id.split('.');
      expect(SERVICES).toContain(service);
      expect(figure.zh.counts).toMatch(/^\p{Script=Han}[^A-Za-z]*。$/u);
      expect(figure.en.counts).toMatch(/^[A-Z].*\.$/);
      expect(ALL_OPERATIONS.find((op) => op.id === figure.operation)).toMatchObject({ owner: service, method: 'GET' });
      const path = figure.place.slice(`/${service}/`.length).replace(/\{(\w+)\}/g, ':$1');
      expect(figure.place.startsWith(`/${service}/`)).toBe(true);
      expect(['', ...routesOf(service)]).toContain(path);
    },
  );

  it('when its rows are opened, then the address carries parameters and filters', () => {
    const link = { params: { evaluationId: 'e 1' }, query: {} };
    expect(figureAddress(FIGURES['evaluation.missedRate'], link)).toBe('/evaluation/evaluations/e%201/result');
    expect(figureAddress(FIGURES['industry.dividendOpen'], { params: {}, query: { state: 'unpaid' } })).toBe(
      '/industry/dividends?state=unpaid',
    );
    expect(figureDefinition('industry', 'toString')).toBeUndefined();
  });
});
