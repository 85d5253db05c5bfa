import { describe, expect, it } from "vitest";
import { createServer, listen } from "../../src/server.ts";
import { pilcrow, post } from "./requests.ts";
import { exchange, serve, webRoot } from "./serve.ts";

describe("listen", () => {
  const options = { webRoot, version: "1", host: "127.0.0.1" };

  it("says which port is taken, and what to do", async () => {
    const { url } = await serve(pilcrow);
    const port = Number(new URL(url).port);
    await expect(listen(createServer(pilcrow, options), { host: "127.0.0.1", port })).rejects.toMatchObject({
      name: "ListenError",
      code: "port-in-use",
      message: expect.stringContaining(String(port)),
      advice: expect.stringContaining("--port 0"),
    });
  });

  it("says so when the address is not of this machine", async () => {
    await expect(listen(createServer(pilcrow, options), { host: "192.0.2.1", port: 0 })).rejects.toMatchObject({
      code: "host-unavailable",
    });
  });

  it("closes when what is under way is answered, and takes nothing new", async () => {
    let release: () => void = () => {};
    const asked = new Promise<void>((entered) => {
      release = entered;
    });
    let finish: () => void = () => {};
    const gate = new Promise<void>((open) => {
      finish = open;
    });
    const app = createServer(
      {
        ...pilcrow,
        ask: async (request) => {
          release();
          await gate;
          return pilcrow.ask(request);
        },
      },
      options,
    );
    const server = await listen(app, { host: "127.0.0.1", port: 0 });
    const answer = post(server.url, { question: "x" });
    await asked;
    const closed = server.close();
    await expect(fetch(server.url)).rejects.toThrow();
    const from = performance.now();
    finish();
    expect((await answer).status).toBe(200);
    await closed;
    // Node keeps an idle connection for 5 seconds unless it is told to close it.
    expect(performance.now() - from).toBeLessThan(2_000);
  });

  it("is not disturbed by a client that hangs up", async () => {
    const { url, lines } = await serve(pilcrow);
    const head =
      "POST /ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
    await exchange(url, [head], 100);
    expect((await post(url, { question: "x" })).status).toBe(200);
    expect(lines).toEqual([]);
  });
});
