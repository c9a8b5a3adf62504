import type { Request } from 'express';

/**
 * The public page on which a paper with this number is verified. The installation's public address is the setting
 * BANGFU_PUBLIC_URL; without it, the address the reader came by, which the gateway hands on as Host.
 */
export function verifyAddress(request: Pick<Request, 'host'>, number: string): string {
  const base = process.env['BANGFU_PUBLIC_URL'] ?? `http://${request.host}`;
  return `${base.replace(/\/$/, '')}/public/verify/${encodeURIComponent(number)}`;
}
