import type { FileFailure } from "./types.ts";

/** What happens while a folder becomes an index, in order. */
export type IndexEvent =
  | {
      readonly type: "scan-end";
      readonly added: number;
      readonly changed: number;
      readonly removed: number;
      readonly unchanged: number;
    }
  | { readonly type: "file-failed"; readonly failure: FileFailure }
  | {
      readonly type: "progress";
      readonly documents: number;
      readonly documentsTotal: number;
      readonly passages: number;
      readonly passagesTotal: number;
      /** Since the first passage was embedded. */
      readonly elapsedMs: number;
    }
  | {
      readonly type: "index-end";
      /** Whether anything was written. */
      readonly written: boolean;
      readonly documents: number;
      readonly passages: number;
      readonly failures: readonly FileFailure[];
      readonly elapsedMs: number;
    };
