// What of this service is sealed by which key, and sealing it again: node --conditions=SOURCE src/keys.ts status|reseal
import { runKeysCommand } from '@bangfu/platform/secrets/keys-command';
import { readServiceConfig } from '@bangfu/platform/service';
import { SEALED_COPIES } from './db/sealed.ts';

await runKeysCommand('identification', readServiceConfig, SEALED_COPIES);
