const THEMES = ['auto', 'light', 'dark'] as const;

type Theme = (typeof THEMES)[number];

/** The reader's choice of colours, kept in this browser; by itself the page follows the system. */
class Choice {
  #theme = $state<Theme>(stored());

  constructor() {
    this.#show();
  }

  get word(): string {
    return { auto: 'Auto', light: 'Light', dark: 'Dark' }[this.#theme];
  }

  next(): void {
    this.#theme = THEMES[(THEMES.indexOf(this.#theme) + 1) % THEMES.length]!;
    localStorage.setItem('theme', this.#theme);
    this.#show();
  }

  #show(): void {
    document.documentElement.dataset.theme = this.#theme;
  }
}

function stored(): Theme {
  const theme = localStorage.getItem('theme') as Theme;
  return THEMES.includes(theme) ? theme : 'auto';
}

export const theme = new Choice();
