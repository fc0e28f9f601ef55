/** `3600`, `1h`, `1h30m`, `2w3d` as seconds, up to 2^32-1; `undefined` for anything else. */
export function parsePeriod(text: string): number | undefined {
  if (/^\d+$/.test(text)) return within(Number(text));
  if (!/^(?:\d+[smhdw])+$/i.test(text)) return undefined;
  let seconds = 0;
  for (const [, digits, unit] of text.matchAll(/(\d+)([a-z])/gi))
    seconds += Number(digits) * units[unit!.toLowerCase()]!;
  return within(seconds);
}

const units: Readonly<Record<string, number>> = {s: 1, m: 60, h: 3600, d: 86400, w: 604800};

function within(seconds: number): number | undefined {
  return seconds < 2 ** 32 ? seconds : undefined;
}
