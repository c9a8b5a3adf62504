/**
 * How long connections between the gateway and a service may lie idle. The one that sends must let go first: a request
 * sent just when the other closes is lost, and would be told as a service that is down.
 */
export const SERVICE_KEEPS_MS = 75_000;
export const GATEWAY_KEEPS_MS = 30_000;
