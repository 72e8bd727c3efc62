import { defineConfig } from "vite";

// Templates find the hashed names through the manifest; nothing is inlined, because the
// pages' Content-Security-Policy allows files of our own only.
export default defineConfig({
  base: "",
  publicDir: false,
  build: {
    outDir: "../static/build",
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    modulePreload: false,
    target: "es2022",
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      input: ["src/style.css", "src/page.ts", "src/start.ts", "src/explore.ts", "src/sparql.ts"],
    },
  },
});
