/** Runs in the browser: the texts whose contrast with what is behind them is below 4.5 to 1. */
export function tooFaint(): string[] {
  const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour: string) =>
    channels(colour)
      .slice(0, 3)
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
      .reduce((sum, value, index) => sum + value * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0);
  const behind = (start: Element): string => {
    for (let at: Element | null = start; at !== null; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((channels(colour)[3] ?? 1) === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const found: string[] = [];
  for (const one of document.querySelectorAll("body *")) {
    const own = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    if (!own || one.closest("noscript") !== null || !one.checkVisibility()) continue;
    const pair = [luminance(getComputedStyle(one).color), luminance(behind(one))].sort((a, b) => b - a);
    const ratio = ((pair[0] ?? 0) + 0.05) / ((pair[1] ?? 0) + 0.05);
    if (ratio < 4.5) found.push(`${one.className} ${ratio.toFixed(2)}: ${one.textContent?.slice(0, 30)}`);
  }
  return found;
}
