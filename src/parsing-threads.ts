import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { type FileParser, fileParser, type ParsedFiles, type ParsingOptions } from "./parse-files.ts";
import type { SentFiles } from "./parsing-thread.ts";
import type { ChangedFile } from "./renamed-files.ts";

/** Parsers that are at work side by side, ended with `end`. */
export interface Parsers {
  readonly count: number;
  parse(parser: number, files: readonly ChangedFile[]): Promise<ParsedFiles>;
  end(): Promise<void>;
}

/** To start threads takes as long as to parse so many bytes. */
const WORTH_THREADS = 2_000_000;
/** More have nothing to do: it is this thread, which embeds and writes, that they wait for then. */
const MOST = 3;

/** For files of so many bytes: threads where there is enough to do, else, and where threads cannot be had, this one. */
export async function startParsers(options: Omit<ParsingOptions, "reader">, bytes: number): Promise<Parsers> {
  const count = Math.min(MOST, availableParallelism());
  if (bytes >= WORTH_THREADS && count > 1) {
    const threads = await startThreads(options, count);
    if (threads !== null) return threads;
  }
  const parse = fileParser({ ...options, reader: 0 });
  return { count: 1, parse: (_, files) => parse(files), end: async () => undefined };
}

/** null where threads do not start: in sources that are run as they are, for one, which nothing compiles for a thread. */
async function startThreads(options: Omit<ParsingOptions, "reader">, count: number): Promise<Parsers | null> {
  const workers = Array.from({ length: count }, (_, reader) => {
    const url = new URL(`./parsing-thread${extname(import.meta.url)}`, import.meta.url);
    return new Worker(url, { workerData: { ...options, reader } });
  });
  const end = async () => void (await Promise.all(workers.map((worker) => worker.terminate())));
  const parsers = workers.map(threadParser);
  try {
    // The first answer, to nothing, says that it works.
    await Promise.all(parsers.map((parse) => parse([])));
  } catch {
    await end();
    return null;
  }
  return {
    count,
    parse(parser, files) {
      const parse = parsers[parser];
      if (parse === undefined) throw new RangeError(`there is no parser ${parser}`);
      return parse(files);
    },
    end,
  };
}

/** Answers come in the order of the questions. */
function threadParser(worker: Worker): FileParser {
  const waiting: { resolve: (parsed: ParsedFiles) => void; reject: (error: unknown) => void }[] = [];
  let failure: unknown = null;
  const fail = (error: unknown) => {
    failure ??= error;
    for (const { reject } of waiting.splice(0)) reject(failure);
  };
  worker.on("message", (answer: SentFiles) => waiting.shift()?.resolve(received(answer)));
  worker.on("error", fail);
  worker.on("exit", (code) => fail(new Error(`a thread that parses ended with ${code}`)));
  return (files) =>
    new Promise((resolve, reject) => {
      if (failure !== null) reject(failure);
      waiting.push({ resolve, reject });
      worker.postMessage(files);
    });
}

function received({ documents, words, failed, unread }: SentFiles): ParsedFiles {
  const whole = documents.map((entry) => {
    const { text } = entry.document;
    const passages = entry.passages.map((passage) => ({ ...passage, text: text.slice(passage.start, passage.end) }));
    return { ...entry, passages };
  });
  return { documents: whole, words, failed, unread };
}
