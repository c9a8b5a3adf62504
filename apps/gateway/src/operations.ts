import { operationsOver } from '@bangfu/platform/operation/operation';
import type { Gateway } from './gateway.ts';
import type { DB } from './generated/tables.ts';

/** The tables of the gateway. */
export type Tables = DB;

/** The shapes of what the gateway does. */
export const { command, query, procedure, reaction, carryOut } = operationsOver<Tables, Gateway>();
