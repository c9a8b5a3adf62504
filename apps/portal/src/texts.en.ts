import type { TextKey } from './texts.zh-CN.ts';

export const en: Record<TextKey, string> = {
  'group.work': 'Work',
  'group.manage': 'Manage',
  'group.watch': 'Oversight',
  'place.work': 'My work',
  'place.search': 'Search',
  'place.county': 'County',
  'place.announcements': 'Announcements',
  'place.accounts': 'Users and grants',
  'place.units': 'Units',
  'place.regions': 'Regions',
  'place.audit': 'Audit and verify',
  'place.jobs': 'Jobs',
  'work.subtitle': 'What waits for you, ordered by deadline',
  'work.empty': 'Nothing waits for you now',
  'work.emptyHint': 'What is handed to you appears here by deadline, each with the one button that does it.',
  'work.toCounty': 'Open the county page',
  'work.help':
    'All services hand their matters to this page. Take the first ones first: their deadlines are nearest. Finished matters leave the list by themselves; overdue ones stay on top.',
};
