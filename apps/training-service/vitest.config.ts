export { default } from '../../packages/testkit/vitest.services.ts';
