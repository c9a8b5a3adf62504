import { changePassword } from './change-password/change-password.ts';
import { endSession } from './end-session/end-session.ts';
import { getSession } from './get-session/get-session.ts';
import { listSessions } from './list-sessions/list-sessions.ts';
import { signIn } from './sign-in/sign-in.ts';
import { signOut } from './sign-out/sign-out.ts';
import { signOutEverywhere } from './sign-out-everywhere/sign-out-everywhere.ts';

/** What a person does to their own sign-in. */
export default [signIn, getSession, signOut, signOutEverywhere, changePassword, listSessions, endSession];
