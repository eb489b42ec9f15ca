import { describe, expect, it } from 'vitest';
import { ago, count, duration, freshness, list, since, until, words } from './words';

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
});
