/**
 * Seconds since 1970 as `YYYYMMDDHHMMSS` (RFC 4034 §3.2). The 32 bits count on past 2106 from 1970 again, and which turn
 * is meant depends on the present, which is not known here: the first is taken.
 */
export function timeText(seconds: number): string {
  const {year, month, day} = dateOf(Math.floor(seconds / 86400));
  const rest = seconds % 86400;
  const parts = [month, day, Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60];
  return String(year).padStart(4, '0') + parts.map(part => String(part).padStart(2, '0')).join('');
}

/** `2026-12-01 03:30:00 UTC` of the form above. */
export function spelledTime(text: string): string {
  return text.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3 $4:$5:$6 UTC');
}

/** The inverse. Up to ten digits are seconds since 1970. */
export function parseTime(text: string): number | undefined {
  if (/^\d{1,10}$/.test(text)) return Number(text) < 2 ** 32 ? Number(text) : undefined;
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [year, month, day, hour, minute, second] = parts as [number, number, number, number, number, number];
  const days = daysTo(year, month, day);
  const seconds = days * 86400 + hour * 3600 + minute * 60 + second;
  const same = timeText(((seconds % 2 ** 32) + 2 ** 32) % 2 ** 32) === text;
  return same && seconds >= 0 && seconds < 2 ** 32 ? seconds : undefined;
}

/** Years of this count begin in March, so that the day that is sometimes there is the last one. */
function daysTo(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1;
  const inYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const leaps = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return shifted * 365 + leaps + inYear - toMarch1970;
}

function dateOf(days: number): {readonly year: number; readonly month: number; readonly day: number} {
  const estimate = Math.floor((days + toMarch1970) / 365.2425);
  const year = [estimate + 1, estimate].find(candidate => daysTo(candidate, 3, 1) <= days) ?? estimate - 1;
  const inYear = days - daysTo(year, 3, 1);
  const place = Math.floor((5 * inYear + 2) / 153);
  const day = inYear - Math.floor((153 * place + 2) / 5) + 1;
  return place < 10 ? {year, month: place + 3, day} : {year: year + 1, month: place - 9, day};
}

/** Days from 1 March of the year 0 to 1 January 1970. */
const toMarch1970 = 719468;
