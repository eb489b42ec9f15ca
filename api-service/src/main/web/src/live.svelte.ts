import { untrack } from 'svelte';
import { api, serverNow } from './api/client';
import { sentence } from './api/session.svelte';

/** With the stream open, events tell when to look; this is for what makes no event. */
const LOOK_EVERY = 15_000;
/** Without it: as often as a person would reload. */
const POLL_EVERY = 5_000;
/** Many events at once are one look. */
const SETTLE = 400;
/** After the service refused it. */
const TRY_STREAM_EVERY = 30_000;
/** From one view to the next nobody looks for a moment; the stream stays open meanwhile. */
const LINGER = 2_000;

type State = 'live' | 'joining' | 'polling' | 'paused' | 'hidden';

/**
 * Says when to look again: at every event of the stream and, in case it cannot pass, every few
 * seconds. It rests while nobody looks at the page, and while the reader wants it to stand still.
 */
class Live {
  paused = $state(false);
  #connected = $state(false);
  /** It was asked for, and nothing has come of it yet. */
  #joining = $state(true);
  #visible = $state(document.visibilityState === 'visible');
  #looks = new Set<() => void>();
  #stream: EventSource | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #lastLook = 0;
  #refusedAt = -TRY_STREAM_EVERY;

  constructor() {
    document.addEventListener('visibilitychange', () => {
      this.#visible = document.visibilityState === 'visible';
      this.#changed();
    });
    setInterval(() => this.#tick(), 1_000);
  }

  get state(): State {
    if (!this.#visible) {
      return 'hidden';
    }
    if (this.paused) {
      return 'paused';
    }
    return this.#connected ? 'live' : this.#joining ? 'joining' : 'polling';
  }

  get going(): boolean {
    return this.#visible && !this.paused;
  }

  toggle(): void {
    this.paused = !this.paused;
    this.#changed();
  }

  /** Calls back whenever something may have changed, until the returned function is called. */
  onChange(look: () => void): () => void {
    this.#looks.add(look);
    this.#open();
    return () => {
      this.#looks.delete(look);
      setTimeout(() => {
        if (this.#looks.size === 0) {
          this.#close();
        }
      }, LINGER);
    };
  }

  lookNow(): void {
    this.#lastLook = Date.now();
    this.#looks.forEach((look) => look());
  }

  #changed(): void {
    if (this.going) {
      this.#open();
      this.lookNow();
    } else {
      this.#close();
    }
  }

  #tick(): void {
    const every = this.#connected ? LOOK_EVERY : POLL_EVERY;
    if (this.going && this.#looks.size > 0 && Date.now() - this.#lastLook >= every) {
      this.#open();
      this.lookNow();
    }
  }

  #open(): void {
    if (this.#stream || !this.going || performance.now() - this.#refusedAt < TRY_STREAM_EVERY) {
      return;
    }
    const stream = new EventSource('/stream');
    stream.onopen = () => (this.#connected = true);
    stream.onerror = () => {
      this.#connected = false;
      this.#joining = false;
      // A break is mended by the browser; a refusal is final, and polled around for a while.
      if (stream.readyState === EventSource.CLOSED) {
        this.#refusedAt = performance.now();
        this.#close();
      }
    };
    for (const event of ['run', 'progress']) {
      stream.addEventListener(event, () => this.#soon());
    }
    this.#stream = stream;
  }

  #close(): void {
    this.#stream?.close();
    this.#stream = undefined;
    this.#connected = false;
    clearTimeout(this.#settling);
    this.#settling = undefined;
  }

  #soon(): void {
    this.#settling ??= setTimeout(() => {
      this.#settling = undefined;
      if (this.going) {
        this.lookNow();
      }
    }, SETTLE);
  }
}

export const live = new Live();

/** What a view shows, asked for anew whenever something may have changed. */
export class Shown<T> {
  value = $state.raw<T | undefined>();
  /** Why the last look failed, in a sentence; what was seen before stays. */
  error = $state('');

  #load: (client: typeof api) => Promise<T>;
  #round = 0;

  /**
   * To be made while a component is set up: what the loader reads is watched, and a change of it
   * begins anew.
   */
  constructor(load: (client: typeof api) => Promise<T>) {
    this.#load = load;
    $effect(() => {
      void this.look();
      return untrack(() => live.onChange(() => void this.look()));
    });
  }

  /** Looks once; an answer that is overtaken by a newer look is dropped. */
  async look(): Promise<void> {
    const round = ++this.#round;
    try {
      const value = await this.#load(api);
      if (round === this.#round) {
        this.value = value;
        this.error = '';
      }
    } catch (error) {
      if (round === this.#round) {
        this.error = sentence(error);
      }
    }
  }
}

/** The service's time, moving on every second while somebody looks. */
class Clock {
  now = $state(serverNow());

  constructor() {
    setInterval(() => {
      if (live.going) {
        this.now = serverNow();
      }
    }, 1_000);
  }
}

export const clock = new Clock();
