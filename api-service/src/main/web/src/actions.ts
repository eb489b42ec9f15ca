import { api, type Schemas } from './api/client';
import { notices } from './notices.svelte';
import { count } from './words';

/** What can be done from more than one place, and what is asked and said about it. */
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

export function pause(event: Named): Promise<void> {
  return notices.act(
    () => api.post('/events/{id}/pause', { path: { id: event.id } }),
    () => `${event.name} is paused.`,
  );
}

export function resume(event: Named): Promise<void> {
  return notices.act(
    () => api.delete('/events/{id}/pause', { path: { id: event.id } }),
    () => `${event.name} goes on.`,
  );
}

export async function pauseAll(): Promise<void> {
  const yes = await notices.ask({
    title: 'Pause all syncing?',
    text: 'No event is synced until somebody resumes it. Galleries stay as they are.',
    action: 'Pause all',
  });
  if (yes) {
    await notices.act(() => api.post('/admin/pause'), () => 'All syncing is paused.');
  }
}

export function resumeAll(): Promise<void> {
  return notices.act(() => api.delete('/admin/pause'), () => 'Syncing goes on.');
}

/** Tries many again: counted first, confirmed, then done. */
export async function retry(which: Schemas['BulkSyncInput'], what: string): Promise<void> {
  try {
    const counted = await api.post('/events/sync/bulk', { body: { ...which, dryRun: true } });
    const yes = await notices.ask({
      title: `Try ${count(counted.triggered, 'event')} again?`,
      text: `${what} ${counted.message}`,
      action: `Try ${count(counted.triggered, 'event')} again`,
    });
    if (yes) {
      await notices.act(
        () => api.post('/events/sync/bulk', { body: which }),
        (done) => done.message,
      );
    }
  } catch (error) {
    await notices.act(() => Promise.reject(error), () => '');
  }
}
