import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The desktop shell's dev URL names this port, so a taken port is an error and not another port.
export default defineConfig({
  plugins: [react()],
  clearScreen: false,
  server: { port: 1420, strictPort: true, host: "127.0.0.1" },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: ["es2022", "safari16"],
    // Files inlined as data: URLs would need a wider content security policy.
    assetsInlineLimit: 0,
  },
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.{ts,tsx}"],
    setupFiles: ["tests/setup.ts"],
    css: { modules: { classNameStrategy: "non-scoped" } },
    restoreMocks: true,
    // A whole window is drawn many times in one test; a machine that is busy with other things may be slow at it.
    testTimeout: 30_000,
  },
});
