/** Milliseconds that nobody takes for a standstill, and between two things told after that. */
const MOMENT = 1000;
const INTERVAL = 500;

/** Waits for some work, and yields how far it is when it takes longer than a moment. */
export async function* meanwhile<T, Told>(work: Promise<T>, tell: () => Told): AsyncGenerator<Told, T> {
  let timer: NodeJS.Timeout | undefined;
  const ended = work.then(
    () => true,
    () => true,
  );
  try {
    for (let pause = MOMENT; ; pause = INTERVAL) {
      const paused = new Promise<false>((resolve) => {
        timer = setTimeout(() => resolve(false), pause);
      });
      if (await Promise.race([ended, paused])) return await work;
      yield tell();
    }
  } finally {
    clearTimeout(timer);
  }
}
