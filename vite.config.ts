import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * The page asks nothing of anyone: everything comes from its own folder. Only in the build, since the
 * development server needs inline scripts and a web socket.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const securityPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
      injectTo: 'head-prepend',
    },
  ],
};

export default defineConfig({
  base: './',
  plugins: [react(), securityPolicy],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // Inlined fonts would be data: addresses, which the policy refuses.
    assetsInlineLimit: 0,
    // Every browser with es2022 modules and module workers knows modulepreload.
    modulePreload: { polyfill: false },
    // Text, since browsers show that and save Markdown. The dialog of the keys links it.
    license: { fileName: 'licences.txt' },
  },
  test: {
    // By itself vitest leaves one core to a person who works meanwhile.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          // Pure code: one process for all files, without isolation, is six times faster.
          name: 'sim',
          environment: 'node',
          pool: 'threads',
          isolate: false,
          include: ['tests/{unit,property,golden,corpus,architecture,quality}/**/*.test.{ts,tsx}'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'happy-dom',
          include: ['tests/component/**/*.test.{ts,tsx}'],
          setupFiles: ['tests/quality/domSetup.ts'],
          testTimeout: 20_000,
        },
      },
    ],
  },
});
