/** A figure of TCP_INFO with its unit: times are in microseconds, `last…` and `totalTimeoutTime` in milliseconds. */
export function quantityText(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.join(', ') || 'none';
  if (typeof value !== 'number') return String(value);
  if (/rate$/i.test(name)) return value > 2 ** 63 ? 'no limit' : `${value} B/s`;
  if (/^last|^totalTimeoutTime$/.test(name)) return `${value} ms`;
  if (/(roundTrip\w*|RoundTripTime|Timeout|busyTime|^limitedBy\w+)$/.test(name) || name === 'retransmissionTimeout')
    return value === 0xffff_ffff ? 'none' : `${value} µs`;
  return String(value);
}
