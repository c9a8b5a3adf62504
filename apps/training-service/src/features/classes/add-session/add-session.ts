import * as contract from '@bangfu/contracts/training/classes';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { lockVisibleClass } from '../../../db/visible.ts';
import { command } from '../../../operations.ts';
import { getSession } from '../class.repository.ts';
import { columnsOf, demandFits } from '../session-rules.ts';

/** Puts a session on a class's calendar. @throws Refusal 404; DomainError of checkSession, CLASS_ENDED, CLASS_HAS_CERTIFICATES */
export const addSession = command(
  contract.addSession,
  async ({ params: { classId }, body, tx, caller, now, newId, audit }) => {
    const group = await lockVisibleClass(tx, caller, classId);
    await demandFits(tx.sql, group, body, businessDayOf(now));
    const id = newId();
    const session = { id, county_code: group.countyCode, class_id: classId, ...columnsOf(body) };
    await tx.sql.insertInto('class_session').values(session).execute();
    audit.change('session', id, null, { classId, ...body });
    return getSession(tx.sql, id);
  },
);
