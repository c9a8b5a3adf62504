import { call } from '@bangfu/contracts/core/client';
import { listFacts } from '@bangfu/contracts/identification/facts';
import { ALL_FACTS } from '@bangfu/domain/identification/facts/catalogue';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { buildIdentification } from '../../app.ts';

let world: TestService;
beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
});
afterAll(() => world.stop());

it('given anybody who is signed in, then the whole catalogue is read, with words and headings', async () => {
  const { facts } = await call(world.as('helper', grant('helper')), listFacts, {});
  expect(facts.map(({ subject, key }) => `${subject} ${key}`)).toEqual(
    ALL_FACTS.map(({ subject, key }) => `${subject} ${key}`),
  );
  const found = (key: string) => facts.find((fact) => fact.key === key);
  expect(found('housingArea')).toEqual({
    key: 'housingArea',
    subject: 'household',
    kind: 'area',
    unit: 'm2',
    dictionary: null,
    labels: { zh: '住房面积', en: 'Housing area' },
    headings: ['住房面积', '住房面积(平方米)', '住房面积(㎡)'],
    sensitive: false,
    shared: false,
  });
  expect(found('risks')?.headings).toContain('致贫/返贫风险5');
  expect(found('status')?.dictionary).toContainEqual({ code: 'exited', label: '已脱贫' });
  expect(found('health')).toMatchObject({ sensitive: true, shared: true });
});
