/** A bank account as lists show it: its last four digits only (roles: "bank tail"). */
export function maskAccount(account: string): string {
  return `****${account.slice(-4)}`;
}

/** Whether a text is a bank account: 8 to 30 digits. */
export function isAccount(text: string): boolean {
  return /^\d{8,30}$/.test(text);
}
