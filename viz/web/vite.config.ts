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
    // What the bundled packages ask to be shown; the build hook adds the fonts.
    license: { fileName: "licences.txt" },
    target: "es2022",
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      input: [
        "src/style.css", "src/page.ts", "src/start.ts", "src/explore.ts", "src/worldmap.ts", "src/sparql.ts",
        "src/question.ts",
      ],
    },
  },
});
