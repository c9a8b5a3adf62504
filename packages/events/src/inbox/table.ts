import type { ParkReason } from './store.ts';

/** The table `platform.parked_event` as it is read: an event that could not be taken in, and why. */
export interface ParkedEventTable {
  group_name: string;
  place: string;
  topic: string;
  key: string;
  sequence: number | null;
  type: string | null;
  county_code: string | null;
  envelope: string;
  reason: ParkReason;
  detail: string;
  parked_at: Date;
}
