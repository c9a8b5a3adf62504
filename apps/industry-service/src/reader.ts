export type { Reader } from '@bangfu/service-kit/steps';
