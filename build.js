// Builds dist/ (the compiled sources and the page) when a source is newer than it, or always with --force.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL(".", import.meta.url));
const dist = join(root, "dist");
const stamp = join(dist, ".built");
// Made aside and renamed, so that a process that starts meanwhile finds the old or the new.
const aside = join(root, `dist.${process.pid}`);
const SOURCES = ["src", "web", "package.json", "tsconfig.json", "tsconfig.build.json", "build.js"];

/** The time of the newest change below a file or folder, in milliseconds; a folder's own counts removals. */
function newest(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  const inside = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.name !== "dist");
  return Math.max(mtimeMs, ...inside.map((entry) => newest(join(path, entry.name))));
}

function run(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) {
    rmSync(aside, { recursive: true, force: true });
    process.exit(status ?? 1);
  }
}

const isFresh =
  existsSync(stamp) && Math.max(...SOURCES.map((path) => newest(join(root, path)))) <= statSync(stamp).mtimeMs;
if (!isFresh || process.argv.includes("--force")) {
  run(join("node_modules", "typescript", "bin", "tsc"), "-p", "tsconfig.build.json", "--outDir", aside);
  run(join("web", "build.js"), join(aside, "web"));
  writeFileSync(join(aside, ".built"), "");
  rmSync(dist, { recursive: true, force: true });
  renameSync(aside, dist);
}
