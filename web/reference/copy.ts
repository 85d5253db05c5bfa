import { byId } from "../elements.ts";

/** Copies a text; where the browser does not let it (a page without TLS on another machine), marks it to be copied. */
export async function copy(text: string, shown: HTMLElement): Promise<void> {
  const announcement = byId("announcement", HTMLElement);
  try {
    await navigator.clipboard.writeText(text);
    announcement.textContent = "Copied.";
  } catch {
    getSelection()?.selectAllChildren(shown);
    announcement.textContent = "Marked: copy it with the keys of your browser.";
  }
}
