import type { CommandCall } from '@bangfu/platform/operation/operation';
import type { Tables } from '../../operations.ts';

/** What a command on cases works with. */
export type CaseCall = Pick<CommandCall<unknown, Tables>, 'tx' | 'caller' | 'now' | 'language' | 'audit'>;
