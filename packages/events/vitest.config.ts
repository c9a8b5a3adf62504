export { default } from '../testkit/vitest.services.ts';
