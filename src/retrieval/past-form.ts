import { irregularForms } from "./irregular-forms.ts";

/** "Permit", but not "limit"; "refer", but not "offer": stressed on their end, these double it. */
const STRESSED = /(?:[^i]mit|(?<!of|suf|dif|pil)fer|cur|pel|gret)$/;
/** "Plan" and "stop", but not "wait" and "fix". */
const SHORT = /^[^aeiou]*[aeiou][^aeiouwxy]$/;

/** "Wrote" of "write", "committed" of "commit": the past of an English verb. */
export function pastForm(verb: string): string {
  // The forms of a verb begin with the past.
  const [irregular] = irregularForms(verb).forms;
  if (irregular !== undefined && irregular !== verb) return irregular;
  if (/^(?:put|cut|set|shut|hit|hurt|let|cost|cast|read|spread|split|quit|rid|bet)$/.test(verb)) return verb;
  if (verb.endsWith("e")) return `${verb}d`;
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ied`;
  return STRESSED.test(verb) || SHORT.test(verb) ? `${verb}${verb.slice(-1)}ed` : `${verb}ed`;
}
