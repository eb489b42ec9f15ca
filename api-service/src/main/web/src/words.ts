/** How things are said: times, durations, numbers, statuses. */
import cronstrue from 'cronstrue';
import type { Schemas } from './api/client';

type Status = Schemas['Event']['syncStatus'];

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
const numbers = new Intl.NumberFormat('en');
const moments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** "5 minutes ago"; what a clock puts into the future is now. */
export function ago(moment: string, now: number): string {
  const millis = now - Date.parse(moment);
  return millis < 5_000 ? 'just now' : from(-millis);
}

/** "in 5 minutes"; "now" once it is over. */
export function until(moment: string, now: number): string {
  const millis = Date.parse(moment) - now;
  return millis < 1_000 ? 'now' : from(millis);
}

/** "14 minutes", from a moment to now. */
export function since(moment: string, now: number): string {
  return ago(moment, now).replace(' ago', '').replace('just now', 'a moment');
}

function from(millis: number): string {
  const [unit, size] = UNITS.find(([, size]) => Math.abs(millis) >= size) ?? UNITS[3]!;
  return relative.format(Math.trunc(millis / size), unit);
}

/** "850 ms", "4.2 s", "3 min 20 s", "2 h 5 min". */
export function duration(millis: number): string {
  const ms = Math.max(0, millis);
  if (ms < 1_000) {
    return `${Math.round(ms)} ms`;
  }
  if (ms < 60_000) {
    return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  }
  const minutes = Math.floor(ms / 60_000);
  return minutes < 60
    ? join(minutes, 'min', Math.floor(ms / 1_000) % 60, 's')
    : join(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

function join(a: number, unitA: string, b: number, unitB: string): string {
  return b === 0 ? `${a} ${unitA}` : `${a} ${unitA} ${b} ${unitB}`;
}

/** A moment in full, for whoever hovers over "5 minutes ago". */
export function moment(text: string): string {
  return moments.format(new Date(text));
}

export function number(value: number): string {
  return numbers.format(value);
}

/** "1 event", "2,500 events". */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

export const STATUSES: Record<Status, string> = {
  UP_TO_DATE: 'Up to date',
  SYNCING: 'Syncing',
  SYNC_REQUIRED: 'Behind',
  ERROR: 'Needs attention',
  NEVER_SYNCED: 'Never synced',
};

/** How fresh a gallery is, in words. */
export function freshness(
  event: { syncStatus: Status; lastSyncedAt: string | null; googleDriveUrl?: string | null },
  now: number,
): string {
  if (event.lastSyncedAt) {
    const age = ago(event.lastSyncedAt, now);
    return event.syncStatus === 'UP_TO_DATE' ? `as of ${age}` : `last complete ${age}`;
  }
  if (event.googleDriveUrl === null) {
    return 'follows no folder yet';
  }
  return event.syncStatus === 'SYNCING' ? 'first sync is running' : 'not synced yet';
}

/** "FOLDER_NOT_SHARED" as a heading: "Folder not shared". */
export function words(code: string): string {
  const text = code.replaceAll('_', ' ').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A list as people write it: "a, b and c". */
export function list(parts: string[]): string {
  return parts.length < 2
    ? parts.join('')
    : `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}

/** A setting of a schedule in words: "every 6 hours", "at 02:00 UTC". */
export function schedule(setting: string, zone: string): string {
  const every = /^(\d+)(ms|s|m|h|d)$/.exec(setting.trim());
  if (every) {
    const unit = { ms: 'millisecond', s: 'second', m: 'minute', h: 'hour', d: 'day' }[every[2]!]!;
    return every[1] === '1' ? `every ${unit}` : `every ${every[1]} ${unit}s`;
  }
  try {
    const words = cronstrue.toString(setting, { use24HourTimeFormat: true });
    return `${words.charAt(0).toLowerCase()}${words.slice(1)} ${zone}`;
  } catch {
    return setting;
  }
}

type Overview = Schemas['Overview'];

/** What stands below the number of push channels that end without a successor. */
export function pushNote(push: Overview['push'], now: number): string {
  if (!push.on) {
    return 'push is off';
  }
  if (push.dead > 0) {
    return push.dead === 1 ? 'push is dead' : `push is dead for ${number(push.dead)} change logs`;
  }
  const next = push.nextExpiry ? `, the next ${until(push.nextExpiry, now)}` : '';
  return push.channels === 0 ? 'none is open' : `of ${count(push.channels, 'channel')}${next}`;
}

/** As the alert of it, unless that is set otherwise. */
const FEED_IS_LATE = 15 * 60_000;

/** Whether Google's change log was not read for so long that galleries may be older than they seem. */
export function feedIsLate(feedAsOf: string | null, now: number): boolean {
  return feedAsOf !== null && now - Date.parse(feedAsOf) > FEED_IS_LATE;
}

/** How push is for all change logs together; the worst first. */
export function pushInWords(channels: Pick<Schemas['PushChannel'], 'state'>[]): string {
  const are = (state: Schemas['PushChannel']['state']) => channels.filter((one) => one.state === state).length;
  const logs = (some: number) => (some === channels.length ? '' : ` for ${number(some)} of ${count(channels.length, 'change log')}`);
  if (are('DEAD') > 0) {
    return `Push is dead${logs(are('DEAD'))}: Google’s messages do not arrive.`;
  }
  if (are('REFUSED') > 0) {
    return `Google refuses push${logs(are('REFUSED'))}.`;
  }
  if (are('OFF') === channels.length) {
    return 'Push is off.';
  }
  return are('LIVE') === channels.length ? 'Google announces changes.' : 'Push is about to begin.';
}

/** How the whole stands, in a sentence or two; the most urgent first. */
export function summary(o: Overview, now: number): string {
  if (o.paused) {
    return `All syncing was paused by ${o.paused.by} ${ago(o.paused.since, now)}.`;
  }
  if (o.events.total === 0) {
    return 'There is no event yet.';
  }
  const parts: string[] = [];
  if (o.workers.alive === 0) {
    parts.push('No worker is running, so nothing is synced.');
  }
  if (o.events.error > 0) {
    parts.push(`${count(o.events.error, 'event')} ${o.events.error === 1 ? 'needs' : 'need'} attention.`);
  }
  if (o.push.dead > 0) {
    parts.push('Push is dead, so changes appear within a minute and not at once.');
  }
  const behind = o.events.syncRequired + o.events.syncing;
  if (behind > 0) {
    const oldest = o.oldestBehind ? `, the oldest by ${since(o.oldestBehind.since, now)}` : '';
    parts.push(`${count(behind, 'event')} ${behind === 1 ? 'is' : 'are'} behind${behind === 1 ? oldest.replace(', the oldest', '') : oldest}.`);
  }
  return parts.join(' ') || 'Every gallery shows its folder.';
}
