import { changeProvider } from './change-provider/change-provider.ts';
import { createProvider } from './create-provider/create-provider.ts';
import { listProviders } from './list-providers/list-providers.ts';

/** Training providers. */
export default [listProviders, createProvider, changeProvider];
