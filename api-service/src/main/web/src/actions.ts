import { api } from './api/client';
import { notices } from './notices.svelte';

/** What can be done with an event from more than one place. */
interface Named {
  id: string;
  name: string;
}

export function syncNow(event: Named, fullSync = false): Promise<void> {
  return notices.act(
    () => api.post('/events/{id}/sync', { path: { id: event.id }, body: { fullSync } }),
    () => (fullSync ? `The whole folder of ${event.name} is listed anew.` : `A sync of ${event.name} was asked for.`),
  );
}
