/** The passwords of a test run; a platform that is there already may have its own. */
export const ADMIN_PASSWORD = process.env['BANGFU_ADMIN_PASSWORD'] ?? 'Journey-admin-2026';
export const DEMO_PASSWORD = process.env['BANGFU_DEMO_PASSWORD'] ?? 'Journey-demo-2026';
