import type { Schemas } from '../api/client';

interface View {
  path: string;
  name: string;
  /** Pressed after g. */
  key: string;
  role: Schemas['Session']['role'];
}

/** What the dashboard shows, in the order of its menu. */
export const views: View[] = [
  { path: '/', name: 'Overview', key: 'o', role: 'VIEWER' },
  { path: '/events', name: 'Events', key: 'e', role: 'VIEWER' },
  { path: '/failures', name: 'Failures', key: 'f', role: 'VIEWER' },
  { path: '/schedules', name: 'Schedules', key: 's', role: 'OPERATOR' },
  { path: '/push', name: 'Push', key: 'p', role: 'OPERATOR' },
  { path: '/workers', name: 'Workers', key: 'w', role: 'OPERATOR' },
];
