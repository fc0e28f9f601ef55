/**
 * What a screen says apart from what differs between two runs of the same program: numbers (ports, pids, counts, times),
 * their units, the rows' padding around them, and whatever a scene calls volatile.
 */
export function structure(text: string, volatile: readonly RegExp[] = []): string[] {
  return text.split('\n').map(row => {
    let rest = row;
    for (const pattern of volatile) rest = rest.replaceAll(new RegExp(pattern, flags(pattern)), '~');
    return rest
      .replaceAll(/(?<![\p{L}\d_])[-+]?\d[\d.,:]*(?![\p{L}\d_]*[\p{L}_])/gu, '#')
      .replaceAll(/(?<![\p{L}\d_])[-+]?\d[\d.,]*\s?(?:ns|µs|ms|s|m|h|B|[kKMG]i?B|%)(?![\p{L}\d_])/gu, '#')
      .replaceAll(/#\s?(?:ns|µs|ms|s|m|h|B|[kKMG]i?B|%)(?![\p{L}\d_])/gu, '#')
      .replaceAll(/\s+/g, ' ')
      .trim();
  });
}

/** The rows in which two screens differ in structure; empty when the older picture still tells the truth. */
export function differences(
  older: string,
  newer: string,
  volatile: readonly RegExp[] = [],
): {was: string; is: string}[] {
  const [before, after] = [structure(older, volatile), structure(newer, volatile)];
  return Array.from({length: Math.max(before.length, after.length)}, (_, k) => ({
    was: before[k] ?? '',
    is: after[k] ?? '',
  })).filter(({was, is}) => was !== is);
}

/** The screen's text, out of a picture made by `svg`. */
export function pictureText(svgText: string): string | undefined {
  const found = /<desc[^>]*>([\s\S]*?)<\/desc>/.exec(svgText)?.[1];
  return found?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function flags(pattern: RegExp): string {
  return pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`;
}
