import { collapse } from "./lines.ts";

/** What web pages print around a text. A line made of nothing but these is no content. */
const SITE_PHRASES = [
  "skip to content", "skip to main content", "skip navigation", "skip to navigation", "jump to content", "skip to search",
  "bookmark and share", "bookmark & share", "share", "share this", "share this page", "share this article", "share on facebook",
  "share on twitter", "share on linkedin", "tweet", "tweet this", "print this page", "printer friendly", "print friendly",
  "printer-friendly version", "email this page", "e-mail this page", "additional links", "related links", "stay connected",
  "connect with us", "follow us", "follow us on facebook", "follow us on twitter", "back to top", "return to top", "top of page",
  "press operations", "news release", "news releases", "press release", "press releases", "media release", "media releases",
  "for immediate release", "site map", "sitemap", "main menu", "toggle navigation", "cookie settings", "accept all cookies",
  "privacy policy", "terms of use", "rss feed", "log in", "sign in", "sign up", "subscribe to our newsletter",
] as const; // biome-ignore format: a list of phrases reads better unfolded

/** Words that navigation uses and headings may: they count only beside a line that is surely navigation. */
const AMBIGUOUS_PHRASES = [
  "home", "menu", "search", "print", "contact", "contact us", "about", "about us", "news", "login", "register", "next", "previous",
  "back", "help", "faq", "email", "e-mail", "facebook", "twitter", "linkedin", "youtube", "instagram", "rss", "english", "language",
] as const; // biome-ignore format: a list of words reads better unfolded

/** 바로가기 "jump to", 메뉴 "menu", 열기/닫기 "open"/"close", 건너뛰기 "skip". */
const KOREAN_NAVIGATION =
  /^(?=.{2,40}$)[가-힣\s]*(?:바로가기|메뉴|검색창|건너뛰기|로그인|회원가입|사이트맵)(?:\s?(?:열기|닫기))?(?:\s[가-힣\s]*)?$/u;
const RELEASE_NUMBER = /^(?:(?:news|press|media) )?release (?:no|nr|number|#)\.? ?:? ?#?[\w./-]*\d[\w./-]*$/i;
const BREADCRUMB = /^(?:you are here:? )?home (?:>|»|›|\/|→) \S.{0,120}$/i;

const surely = new Set<string>(SITE_PHRASES);
const perhaps = new Set<string>([...SITE_PHRASES, ...AMBIGUOUS_PHRASES]);

/** Whether a line standing alone is site navigation or a site's header. */
export function isSiteLine(content: string): boolean {
  if (content.length > 160) return false;
  const line = collapse(content);
  return (
    madeOf(line, surely) ||
    KOREAN_NAVIGATION.test(line) ||
    RELEASE_NUMBER.test(line) ||
    BREADCRUMB.test(line) ||
    isNameTwice(line)
  );
}

/** Whether a line would be navigation, if it stood in a row of it. */
export function isPerhapsSiteLine(content: string): boolean {
  return content.length <= 160 && madeOf(collapse(content), perhaps);
}

/** Takes the longest phrase at each point. Bullets, bars and brackets may stand between phrases. */
function madeOf(line: string, phrases: ReadonlySet<string>): boolean {
  const words = line
    .toLowerCase()
    .split(/[\s|•·»›[\]/]+/)
    .filter(Boolean);
  let at = 0;
  while (at < words.length) {
    const length = [5, 4, 3, 2, 1].find(
      (count) => at + count <= words.length && phrases.has(words.slice(at, at + count).join(" ")),
    );
    if (length === undefined) return false;
    at += length;
  }
  return words.length > 0;
}

/** "United States Department of Defense United States Department of Defense": a logo's text and its caption. */
function isNameTwice(line: string): boolean {
  const words = line.split(" ");
  const half = words.length / 2;
  if (words.length < 4 || words.length % 2 !== 0 || !/^\p{Lu}/u.test(line)) return false;
  return words.slice(0, half).join(" ") === words.slice(half).join(" ");
}
