import ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** Networks that Express knows by a word. */
const NAMED = new Set(['loopback', 'linklocal', 'uniquelocal']);

function isNetwork(text: string): boolean {
  if (NAMED.has(text)) return true;
  if (!text.includes('/')) return ipaddr.isValid(text);
  // A network of every address would let anybody say where he comes from.
  return ipaddr.isValidCIDR(text) && ipaddr.parseCIDR(text)[1] > 0;
}

/** The proxies whose word on where a request comes from is taken: addresses and networks, separated by commas. */
export const TrustedProxies = z
  .string()
  .default('loopback')
  .transform((text) =>
    text
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  )
  .superRefine((networks, context) => {
    for (const each of networks.filter((network) => !isNetwork(network))) {
      context.addIssue({
        code: 'custom',
        message: `expected addresses or networks of proxies, separated by commas (loopback, 10.1.2.3, 172.16.0.0/12, fd00::/8), not ${JSON.stringify(each)}`,
      });
    }
  });
