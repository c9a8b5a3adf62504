export const ADMIN_PASSWORD = 'Journey-admin-2026';
/** The password of every demo account in a test run; a platform that is there already may have its own. */
export const DEMO_PASSWORD = process.env['BANGFU_DEMO_PASSWORD'] ?? 'Journey-demo-2026';
