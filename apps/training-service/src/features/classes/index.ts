import { addSession } from './add-session/add-session.ts';
import { cancelSession } from './cancel-session/cancel-session.ts';
import { changeClass } from './change-class/change-class.ts';
import { changeSession } from './change-session/change-session.ts';
import { createClass } from './create-class/create-class.ts';
import { getClass } from './get-class/get-class.ts';
import { listClasses } from './list-classes/list-classes.ts';
import { listSessions } from './list-sessions/list-sessions.ts';

/** Classes and their calendar. */
export default [
  listClasses,
  getClass,
  createClass,
  changeClass,
  listSessions,
  addSession,
  changeSession,
  cancelSession,
];
