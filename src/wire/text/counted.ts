/** `1 113 940 341`: digits in threes, so that a length nobody meant is seen at once. A space is no decimal mark anywhere. */
export function grouped(value: number | bigint): string {
  const digits = String(value);
  if (digits.length < 4) return digits;
  return digits.replace(/\B(?=(\d{3})+$)/g, ' ');
}

/** `1 byte`, `30 bytes`, for any noun whose plural has an s. A count above 2^53 comes as its digits. */
export function counted(count: number | string, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
