import * as contract from '@bangfu/contracts/training/classes';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Training } from '../../db/client.ts';
import { addSession } from './add-session/add-session.ts';
import { cancelSession } from './cancel-session/cancel-session.ts';
import { changeClass } from './change-class/change-class.ts';
import { changeSession } from './change-session/change-session.ts';
import { getOpenClass } from './class-steps.ts';
import { createClass } from './create-class/create-class.ts';
import { findClasses } from './list-classes/list-classes.query.ts';
import { findSessions } from './list-sessions/list-sessions.query.ts';

/** Classes and their calendar. */
export function classRoutes(service: Training): Router {
  const router = Router();
  route(router, service, contract.listClasses, ({ caller, query, now }) => findClasses(service, caller, query, now));
  route(router, service, contract.getClass, (call) => getOpenClass(service, call, call.params.classId));
  route(router, service, contract.createClass, (call) => createClass(service, call, call.body));
  route(router, service, contract.changeClass, (call) => changeClass(service, call, call.params.classId, call.body));
  route(router, service, contract.listSessions, ({ caller, query }) => findSessions(service, caller, query));
  route(router, service, contract.addSession, (call) => addSession(service, call, call.params.classId, call.body));
  route(router, service, contract.changeSession, (call) =>
    changeSession(service, call, call.params.sessionId, call.body),
  );
  route(router, service, contract.cancelSession, (call) =>
    cancelSession(service, call, call.params.sessionId, call.body),
  );
  return router;
}
