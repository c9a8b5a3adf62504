// What of the gateway is sealed by which key, and sealing it again: node --conditions=SOURCE src/keys.ts status|reseal
import { runKeysCommand } from '@bangfu/platform/secrets/keys-command';
import { readGatewayConfig } from './config.ts';

await runKeysCommand('gateway', readGatewayConfig);
