import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Where "npm run dev" finds the API. */
const api = 'http://127.0.0.1:8080';

export default defineConfig({
  base: '/app/',
  plugins: [svelte()],
  build: {
    outDir: '../../../target/dashboard',
    emptyOutDir: true,
    // Nothing inline: the page may run only what the service itself sends.
    assetsInlineLimit: 0,
    target: 'es2022',
  },
  server: {
    proxy: Object.fromEntries(
      ['/session', '/events', '/admin', '/stream', '/drive', '/runbooks'].map((path) => [path, api]),
    ),
  },
  test: { include: ['src/**/*.test.ts'] },
});
