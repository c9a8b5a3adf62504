export const ADMIN_PASSWORD = 'Journey-admin-2026';
/** The password of every demo account in a test run. */
export const DEMO_PASSWORD = 'Journey-demo-2026';
