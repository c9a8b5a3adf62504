import ipaddr from 'ipaddr.js';

/** The bits of an address that one subscriber cannot change: a network of 256 addresses, or a /64 of IPv6. */
const RANGE_BITS = { ipv4: 24, ipv6: 64 } as const;
/** One address of IPv4, which a household or an office shares, or a /64 of IPv6. */
const PLACE_BITS = { ipv4: 32, ipv6: 64 } as const;

function prefix(address: string, bits: Readonly<Record<'ipv4' | 'ipv6', number>>): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  const kind = parsed.kind();
  const bytes = parsed
    .toByteArray()
    .map((byte, at) => byte & (0xff << Math.max(0, 8 - Math.max(0, bits[kind] - at * 8))));
  return ipaddr.fromByteArray(bytes).toString();
}

/** Where a call comes from, as limits count it: the address, of IPv6 its /64, since a subscriber has all of one. */
export const placeOf = (address: string): string => prefix(address, PLACE_BITS);

/** The network around an address (/24, /64), for limits that one person with many addresses must not pass by. */
export const rangeOf = (address: string): string => prefix(address, RANGE_BITS);
