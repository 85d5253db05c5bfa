import { byId } from "./elements.ts";

const announcement = byId("announcement", HTMLElement);
/** Milliseconds: what comes within them is read out in one go, and none of it is lost to the next. */
const TOGETHER = 150;
let unsaid: string[] = [];
let meanwhile = "";
let timer: ReturnType<typeof setTimeout> | undefined;

/** Has a screen reader say this after what it is saying; what was said before is not said again. */
export function say(text: string): void {
  unsaid.push(text);
  soon();
}

/** The same, where nothing of more weight comes at once. */
export function sayMeanwhile(text: string): void {
  meanwhile = text;
  soon();
}

function soon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    announcement.textContent = unsaid.length === 0 ? meanwhile : unsaid.join(" ");
    unsaid = [];
  }, TOGETHER);
}
