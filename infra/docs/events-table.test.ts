import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EVENTS_PAGE, eventsPage } from './events-table.ts';

it('given the catalogue of events, then its page is up to date', () => {
  expect(readFileSync(EVENTS_PAGE, 'utf8')).toBe(eventsPage());
});
