// What of this service is sealed by which key, and sealing it again: node --conditions=SOURCE src/keys.ts status|reseal
import { runKeysCommand } from '@bangfu/platform/secrets/keys-command';
import { readServiceConfig } from '@bangfu/platform/service';

await runKeysCommand('identification', readServiceConfig);
