/** Holds the lock of a folder until it is killed. Run by writer-lock.test.ts. */
import { lockForWriting } from "../../src/store/writer-lock.ts";

const [folder = "", heartbeat = ""] = process.argv.slice(2);
await lockForWriting(folder, { heartbeat: Number(heartbeat), silence: 400, unfinished: 200 });
console.log(process.pid);
setInterval(() => undefined, 1000);
