import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { Agent, get } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type EvalText, fileName, fileText } from "./eval-text.ts";
import type { Place } from "./index-build.ts";
import { medianMs, percentile } from "./table.ts";

const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const A_SECOND = 50;
const SECONDS = 8;
const CHANGES = 4;

const folders = ({ corpus, index }: Place) => ["--corpus", corpus, "--index", index];

/** From the start of a process to the end of its answer. */
export async function startTimes(place: Place, { questions }: EvalText): Promise<{ readonly firstAnswer: number }> {
  const run = promisify(execFile);
  const firstAnswer = await medianMs(3, async (i) => {
    const args = [cli, "ask", questions[i] ?? "", "--json", ...folders(place)];
    // Exits with 3 where the documents do not say: that is an answer, too.
    await run(process.execPath, args).catch((error: { code?: number }) => {
      if (error.code !== 3) throw error;
    });
  });
  return { firstAnswer };
}

/** A server's memory, and its answers while nothing changes and while another process changes the index. */
export async function served(place: Place, { questions, ...text }: EvalText) {
  const server = spawn(process.execPath, [cli, "serve", "--no-update", "--port", "0", "--json", ...folders(place)]);
  try {
    const url = await urlOf(server);
    // Without keepAlive: a connection that a server closes while it is idle is no failed request.
    const agent = new Agent({ maxSockets: 200 });
    const ask = (i: number) =>
      timed(`${url}/search?q=${encodeURIComponent(questions[i % questions.length] ?? "")}`, agent);
    for (let i = 0; i < 100; i++) await ask(i);
    const quiet = await load(ask);
    const [changing] = await Promise.all([load(ask), changeNow(place, { ...text, questions })]);
    const status = server.pid ? residentMegabytes(server.pid) : Number.NaN;
    const failed = quiet.failed + changing.failed;
    agent.destroy();
    return { quiet, changing, failed, megabytes: status };
  } finally {
    server.kill("SIGTERM");
    await once(server, "exit");
  }
}

async function urlOf(server: ChildProcess): Promise<string> {
  if (!server.stdout) throw new Error("no pipe");
  const [line] = await once(createInterface(server.stdout), "line");
  const { url }: { url: string } = JSON.parse(String(line));
  return url;
}

/** So many requests a second, sent whether or not those before are answered. */
async function load(ask: (i: number) => Promise<number>): Promise<{ p50: number; p99: number; failed: number }> {
  const answers: Promise<number>[] = [];
  for (let i = 0; i < A_SECOND * SECONDS; i++) {
    answers.push(ask(i).catch(() => Number.NaN));
    await new Promise((resolve) => setTimeout(resolve, 1000 / A_SECOND));
  }
  const all = await Promise.all(answers);
  const times = all.filter((time) => !Number.isNaN(time));
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), failed: all.length - times.length };
}

/** Milliseconds to the end of the answer. Throws where it is no answer. */
function timed(url: string, agent: Agent): Promise<number> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume();
      response.on("end", () =>
        response.statusCode === 200
          ? resolve(performance.now() - started)
          : reject(new Error(`${response.statusCode}`)),
      );
    }).on("error", reject);
  });
}

/** Changes a file and indexes it, in another process, some times over. */
async function changeNow(place: Place, text: EvalText): Promise<void> {
  const changed = join(place.corpus, fileName(Math.floor(place.paragraphs / 100)));
  const original = await readFile(changed);
  const index = () => promisify(execFile)(process.execPath, [cli, "index", "--json", ...folders(place)]);
  for (let i = 0; i < CHANGES; i++) {
    await writeFile(changed, fileText(text, 0, 50, 100 + i));
    await index();
  }
  await writeFile(changed, original);
  await index();
}

/** Linux tells it; elsewhere it is not measured. */
function residentMegabytes(pid: number): number {
  try {
    const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kilobytes) / 1000;
  } catch {
    return Number.NaN;
  }
}
