import * as contract from '@bangfu/contracts/gateway/county';
import { query } from '../../../operations.ts';
import { askingFor } from '../../../services/asking.ts';
import { dossier } from './dossier.ts';

/** A household's dossier from all services. @throws as dossier */
export const getDossier = query(contract.getDossier, (call) =>
  dossier(call.kit, call.caller, call.params.householdNumber, askingFor(call)),
);
