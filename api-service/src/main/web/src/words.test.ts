import { describe, expect, it } from 'vitest';
import type { Schemas } from './api/client';
import { ago, count, duration, feedIsLate, freshness, list, pushInWords, pushNote, schedule, since, summary, until, words } from './words';

const now = Date.parse('2026-05-14T12:00:00Z');
const before = (seconds: number) => new Date(now - seconds * 1000).toISOString();

describe('words', () => {
  it('says how long ago something was, in the largest unit', () => {
    expect(ago(before(2), now)).toBe('just now');
    expect(ago(before(42), now)).toBe('42 seconds ago');
    expect(ago(before(61), now)).toBe('1 minute ago');
    expect(ago(before(7_300), now)).toBe('2 hours ago');
    expect(ago(before(200_000), now)).toBe('2 days ago');
  });

  it('calls the change log late after a quarter of an hour', () => {
    expect(feedIsLate(before(890), now)).toBe(false);
    expect(feedIsLate(before(910), now)).toBe(true);
    expect(feedIsLate(null, now)).toBe(false);
  });

  it('takes what a clock puts into the future for now', () => {
    expect(ago(before(-90), now)).toBe('just now');
    expect(until(before(90), now)).toBe('now');
    expect(duration(-5)).toBe('0 ms');
  });

  it('says when something comes and how long it lasts', () => {
    expect(until(before(-300), now)).toBe('in 5 minutes');
    expect(since(before(840), now)).toBe('14 minutes');
    expect(since(before(1), now)).toBe('a moment');
    expect([850, 4_230, 42_000, 200_000, 3_600_000, 7_500_000].map(duration)).toEqual([
      '850 ms', '4.2 s', '42 s', '3 min 20 s', '1 h', '2 h 5 min',
    ]);
  });

  it('says how fresh a gallery is', () => {
    const event = { syncStatus: 'UP_TO_DATE' as const, lastSyncedAt: before(120), googleDriveUrl: 'x' };
    expect(freshness(event, now)).toBe('as of 2 minutes ago');
    expect(freshness({ ...event, syncStatus: 'ERROR' }, now)).toBe('last complete 2 minutes ago');
    expect(freshness({ ...event, lastSyncedAt: null }, now)).toBe('not synced yet');
    expect(freshness({ ...event, lastSyncedAt: null, syncStatus: 'SYNCING' }, now)).toBe('first sync is running');
    expect(freshness({ ...event, lastSyncedAt: null, googleDriveUrl: null }, now)).toBe('follows no folder yet');
  });

  it('counts and lists as people do', () => {
    expect(count(1, 'event')).toBe('1 event');
    expect(count(2_500, 'photo')).toBe('2,500 photos');
    expect(count(0, 'retry', 'retries')).toBe('0 retries');
    expect(list([])).toBe('');
    expect(list(['a', 'b', 'c'])).toBe('a, b and c');
    expect(words('FOLDER_NOT_SHARED')).toBe('Folder not shared');
  });

  it('says schedules in words', () => {
    expect(schedule('60s', 'UTC')).toBe('every 60 seconds');
    expect(schedule('1h', 'UTC')).toBe('every hour');
    expect(schedule('0 0 2 * * *', 'Europe/Berlin')).toBe('at 02:00 Europe/Berlin');
    expect(schedule('no schedule', 'UTC')).toBe('no schedule');
  });

  it('sums up how the whole stands, the most urgent first', () => {
    const events = { total: 3, upToDate: 3, syncing: 0, syncRequired: 0, error: 0, neverSynced: 0, paused: 0 };
    const well: Schemas['Overview'] = {
      at: before(0), events, photos: 9, oldestBehind: null, running: 0, failedRuns: 0, deadLetters: 0,
      quota: { unitsPerMinute: 1, share: 1, usedPerMinute: null, pausedUntil: null },
      workers: { alive: 2, silent: 0 }, push: { on: true, channels: 1, expiring: 0, dead: 0, nextExpiry: before(-7_200) }, paused: null, feedAsOf: null,
    };
    expect(summary(well, now)).toBe('Every gallery shows its folder.');
    expect(summary({ ...well, events: { ...events, total: 0 } }, now)).toBe('There is no event yet.');
    const oldestBehind = { eventId: 'x', name: 'A', since: before(840) };
    expect(summary({ ...well, events: { ...events, syncRequired: 1 }, oldestBehind }, now)).toBe('1 event is behind by 14 minutes.');
    expect(
      summary({ ...well, workers: { alive: 0, silent: 1 }, events: { ...events, error: 1, syncing: 2 }, oldestBehind }, now),
    ).toBe('No worker is running, so nothing is synced. 1 event needs attention. 2 events are behind, the oldest by 14 minutes.');
    expect(summary({ ...well, push: { ...well.push, dead: 1 } }, now)).toBe(
      'Push is dead, so changes appear within a minute and not at once.',
    );
    expect(summary({ ...well, paused: { by: 'admin', since: before(60), all: true } }, now)).toBe(
      'All syncing was paused by admin 1 minute ago.',
    );
  });

  it('says how push is, the worst first', () => {
    const push = { on: true, channels: 2, expiring: 0, dead: 0, nextExpiry: before(-7_300) };
    expect(pushNote(push, now)).toBe('of 2 channels, the next in 2 hours');
    expect(pushNote({ ...push, channels: 0, nextExpiry: null }, now)).toBe('none is open');
    expect(pushNote({ ...push, dead: 1 }, now)).toBe('push is dead');
    expect(pushNote({ ...push, on: false }, now)).toBe('push is off');
    const are = (...states: Schemas['PushChannel']['state'][]) => pushInWords(states.map((state) => ({ state })));
    expect(are()).toBe('Push is off.');
    expect(are('OFF')).toBe('Push is off.');
    expect(are('LIVE', 'LIVE')).toBe('Google announces changes.');
    expect(are('LIVE', 'WAITING')).toBe('Push is about to begin.');
    expect(are('REFUSED')).toBe('Google refuses push.');
    expect(are('DEAD', 'REFUSED', 'LIVE')).toBe('Push is dead for 1 of 3 change logs: Google’s messages do not arrive.');
  });
});
