import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** A running core, for `script/web dev`. */
const core = process.env.MONITOR_CORE ?? "http://127.0.0.1:9120";

const FORM = /[\\/]src[\\/]kit[\\/]form[\\/](controls|env|[A-Z])/;
const OUTPUT = /[\\/]src[\\/]kit[\\/](output|diff)[\\/]/;
const CHART = /[\\/]src[\\/]kit[\\/]chart[\\/]/;
/** In the first screen, and in what is split off from it. */
const FIRST = /[\\/]src[\\/]kit[\\/]copy\.ts$/;
const SHARED = /[\\/]src[\\/](?!kit[\\/](form[\\/](controls|env|[A-Z])|output|diff|chart))/;

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "~": new URL("./src", import.meta.url).pathname } },
  build: {
    outDir: "../src/monitor/core/web_app",
    emptyOutDir: true,
    manifest: true,
    // Inlined files would need data: in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // A few files instead of a hundred crumbs: over a slow line each request costs more than its bytes.
        codeSplitting: {
          groups: [
            {
              name: "vendor",
              test: /node_modules[\\/](?!uplot|@xterm|@codemirror|@lezer|@marijn|style-mod|w3c-keyname|crelt)/,
              priority: 2,
            },
            { name: "shared", test: SHARED, minShareCount: 4, priority: 1 },
            { name: "shared", test: FIRST, priority: 1 },
            // Many pages share these, but none that is opened first.
            { name: "form", test: FORM, minShareCount: 3 },
            { name: "output", test: OUTPUT, minShareCount: 3 },
            { name: "chart", test: CHART, minShareCount: 3 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      "/api": {
        target: core,
        changeOrigin: true,
        ws: true,
        // Core compares Origin with its own address; the browser sends the dev server's.
        headers: { Origin: core },
      },
    },
  },
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}"] },
});
