/**
 * Run by bench/embed.ts in a process of its own, with a model folder: milliseconds until the model is there, its library
 * read too, and until the first question has its vector, as JSON.
 */
const [folder = ""] = process.argv.slice(2);
const started = performance.now();
const { loadEmbedder } = await import("../src/embedding/transformers.ts");
const embedder = await loadEmbedder(folder);
const loaded = performance.now() - started;
await embedder.embed(["What did the Secretary commit to in 1996?"], "query");
console.log(JSON.stringify({ loaded, asked: performance.now() - started }));

export {};
