import { spawn } from "node:child_process";
import { once } from "node:events";
import { rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { folderOf } from "../make-index.ts";

const cli = resolve("src/cli.ts");
const tsx = pathToFileURL(resolve("node_modules/tsx/dist/loader.mjs")).href;

test("serve --watch serves what changes, without a restart or a failed request, and takes its watcher along", {
  timeout: 120_000,
}, async () => {
  const corpus = await folderOf({ "ferry.txt": "Ferry\n\nThe ferry sails at noon.\n" });
  const index = await folderOf({});
  const settings = ["--corpus", corpus, "--index", index, "--port", "0", "--json"];
  const server = spawn(process.execPath, ["--import", tsx, cli, "serve", "--watch", ...settings]);
  const ended = once(server, "exit");
  onTestFinished(() => void server.kill("SIGKILL"));
  let said = "";
  server.stderr.on("data", (data) => {
    said += data;
  });
  const [line] = await once(createInterface(server.stdout), "line");
  const { url }: { url: string } = JSON.parse(String(line));

  const statuses = new Set<number>();
  let asking = true;
  const asked = (async () => {
    while (asking) {
      statuses.add((await fetch(`${url}/search?q=ferry`)).status);
      await new Promise((done) => setTimeout(done, 20));
    }
  })();
  await expect.poll(() => said, { timeout: 60_000 }).toContain("Watching for changes");
  await writeFile(join(corpus, "tram.txt.new"), "Tram\n\nThe tram carries the mayor.\n");
  await rename(join(corpus, "tram.txt.new"), join(corpus, "tram.txt"));
  await expect
    .poll(async () => (await fetch(`${url}/search?q=${encodeURIComponent("who is carried by the tram?")}`)).text(), {
      timeout: 60_000,
    })
    .toContain("The tram carries the mayor.");
  asking = false;
  await asked;
  expect([...statuses]).toEqual([200]);
  expect(said).toContain("added tram.txt\n");

  server.kill("SIGTERM");
  expect((await ended)[0]).toBe(0);
  expect(said).not.toContain("no longer watched");
});
