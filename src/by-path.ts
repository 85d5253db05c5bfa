/** The order in which documents and files stand everywhere: by path, in UTF-16 units, as on every machine. */
export function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
