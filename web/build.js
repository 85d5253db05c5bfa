// node web/build.js [outdir]: the chat page and the reference page, each as three files without a dependency (by default in web/dist).
import { copyFile, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const source = fileURLToPath(new URL(".", import.meta.url));
const outdir = resolve(process.argv[2] ?? join(source, "dist"));

await mkdir(outdir, { recursive: true });
await Promise.all([
  ...["index.html", "reference.html"].map((name) => copyFile(join(source, name), join(outdir, name))),
  build({
    entryPoints: { pilcrow: join(source, "main.ts"), reference: join(source, "reference.ts") },
    outdir,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    logLevel: "warning",
  }),
  build({
    entryPoints: { pilcrow: join(source, "style.css"), reference: join(source, "reference.css") },
    outdir,
    bundle: true,
    minify: true,
    logLevel: "warning",
  }),
]);
