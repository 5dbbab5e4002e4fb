import { defineConfig } from 'vite'

/** The playground: built to `web/dist`, which the server hands out at `/`. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    target: 'es2023',
    outDir: 'dist',
    emptyOutDir: true,
    // The page's Content-Security-Policy allows files of its own origin; nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    // Emscripten's glue code has an `eval` for assembly in C, which tree-sitter does not use; the page's policy
    // would refuse it.
    rolldownOptions: { checks: { eval: false } },
  },
})
