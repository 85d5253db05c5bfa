/** Texts that were read last, by whatever stands for them. */
export interface TextCache<Key> {
  get(key: Key, read: () => string): string;
}

/** Keeps texts of so many characters together; those that were not asked for longest go first. */
export function textCache<Key>(mostCharacters: number): TextCache<Key> {
  // A Map keeps the order in which its keys were set.
  const texts = new Map<Key, string>();
  let characters = 0;
  return {
    get(key, read) {
      const known = texts.get(key);
      const text = known ?? read();
      if (known === undefined) characters += text.length;
      else texts.delete(key);
      texts.set(key, text);
      for (const [oldest, old] of texts) {
        if (characters <= mostCharacters || oldest === key) break;
        texts.delete(oldest);
        characters -= old.length;
      }
      return text;
    },
  };
}
