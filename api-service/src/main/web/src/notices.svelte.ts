import { sentence } from './api/session.svelte';
import { live } from './live.svelte';

interface Question {
  title: string;
  text: string;
  /** What the button says that does it. */
  action: string;
  danger?: boolean;
}

/** What the page says to its reader, and asks. */
class Notices {
  said = $state<{ id: number; text: string; bad: boolean }[]>([]);
  question = $state.raw<(Question & { answer: (yes: boolean) => void }) | undefined>();
  #next = 0;

  say(text: string, bad = false): void {
    const id = this.#next++;
    this.said.push({ id, text, bad });
    setTimeout(() => this.dismiss(id), bad ? 15_000 : 6_000);
  }

  dismiss(id: number): void {
    this.said = this.said.filter((notice) => notice.id !== id);
  }

  /** Asks before something that cannot simply be taken back. */
  ask(question: Question): Promise<boolean> {
    return new Promise((resolve) => {
      this.question = {
        ...question,
        answer: (yes) => {
          this.question = undefined;
          resolve(yes);
        },
      };
    });
  }

  /** Does something and says what came of it; then everything shown is looked at anew. */
  async act<T>(action: () => Promise<T>, done: (answer: T) => string): Promise<void> {
    try {
      this.say(done(await action()));
    } catch (error) {
      this.say(sentence(error), true);
    }
    live.lookNow();
  }
}

export const notices = new Notices();
