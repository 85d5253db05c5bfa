/** A file of the hub and where it goes. */
export interface FileOfHub {
  readonly url: string;
  /** Sent to the url's own host only. */
  readonly token: string | undefined;
  /** Absolute. */
  readonly target: string;
}

/** Why a file did not come. */
export class DownloadFailure extends Error {
  readonly kind: "absent" | "refused" | "unreachable" | "cut-off" | "changed";
  /** 0 where there was no answer. */
  readonly status: number;
  /** In a few words. */
  readonly said: string;

  constructor(kind: DownloadFailure["kind"], status = 0, said = "", options?: ErrorOptions) {
    super(`${kind} ${status} ${said}`, options);
    this.name = "DownloadFailure";
    this.kind = kind;
    this.status = status;
    this.said = said;
  }
}

/** What the hub says of a file before it is fetched. */
export interface Announced {
  readonly bytes: number | null;
  /** Names this version of the file; null where the hub names none. */
  readonly version: string | null;
  /** In hex; the hub has it for large files. */
  readonly sha256: string | null;
  readonly commit: string | null;
}

/** Milliseconds without an answer, or without a byte, after which a connection counts as dead. */
export const SILENCE = 30_000;
const REDIRECTS = 5;

/** Whether the hub has the file; false also where it does not answer. */
export async function isThere(file: FileOfHub): Promise<boolean> {
  return announce(file, undefined).then(
    (announced) => announced !== null,
    () => false,
  );
}

/** Asks for a file's size and version. The hub's own redirects are followed; another host is not asked. */
export async function announce(file: FileOfHub, signal: AbortSignal | undefined): Promise<Announced | null> {
  let { url } = file;
  let commit: string | null = null;
  for (let redirect = 0; redirect < REDIRECTS; redirect++) {
    const limit = AbortSignal.any([AbortSignal.timeout(SILENCE), ...(signal ? [signal] : [])]);
    const response = await request(url, {
      method: "HEAD",
      headers: headersOf(file),
      redirect: "manual",
      signal: limit,
    });
    const { status, headers } = response;
    commit ??= headers.get("x-repo-commit")?.match(/^[0-9a-f]{40}$/)?.[0] ?? null;
    if (status === 404) return null;
    if (status === 401 || status === 403) throw new DownloadFailure("refused", status);
    const next = status >= 300 && status < 400 ? new URL(headers.get("location") ?? url, url) : null;
    if (next && next.host === new URL(url).host && headers.get("x-linked-etag") === null) {
      url = next.href;
      continue;
    }
    if (status >= 400 && status !== 405) throw new DownloadFailure("unreachable", status, `it answers ${status}`);
    const etag = headers.get("x-linked-etag") ?? headers.get("etag");
    const bare = etag?.replace(/^W\//, "").replaceAll('"', "") ?? "";
    const size = headers.get("x-linked-size") ?? (next || status === 405 ? null : headers.get("content-length"));
    const isPlain = headers.get("content-encoding") === null;
    return {
      bytes: size !== null && isPlain && /^\d+$/.test(size) ? Number(size) : null,
      version: /^[\w-]+$/.test(bare) ? bare.slice(0, 64) : null,
      sha256: headers.has("x-linked-etag") && /^[0-9a-f]{64}$/.test(bare) ? bare : null,
      commit,
    };
  }
  throw new DownloadFailure("unreachable", 0, "it redirects in a circle");
}

/** Without compression, so that sizes are those of the file. */
export function headersOf({ token }: FileOfHub): Record<string, string> {
  return { "accept-encoding": "identity", ...(token !== undefined && { authorization: `Bearer ${token}` }) };
}

export async function request(url: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(url, options);
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    const isSlow = error instanceof Error && /^(Timeout|Abort)Error$/.test(error.name);
    throw new DownloadFailure("unreachable", 0, isSlow ? "it does not answer" : code || "no connection", {
      cause: error,
    });
  }
}
