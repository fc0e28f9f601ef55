/** What a number counts. Bytes go up in steps of 1024, seconds go down to ms and µs, anything else goes up by thousands. */
export type Unit = 'B' | 's' | '%' | '' | (string & {});

/** `2.5 KiB`, `12.3 ms`, `1.2 M`: three digits that matter, the unit, no trailing zeros. */
export function quantity(value: number, unit: Unit = ''): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'none' : value > 0 ? 'no limit' : '-no limit';
  if (value < 0) return `-${quantity(-value, unit)}`;
  const [step, name] = (unit === 'B'
    ? byteSteps
    : unit === 's'
      ? secondSteps
      : unit === '%'
        ? percent
        : plainSteps
  ).find(([least]) => value >= least) ?? [1, unit === 'B' || unit === 's' ? unit : ''];
  const spelled =
    unit === 'B' || unit === 's' || unit === '%' ? name : [name, unit].filter(part => part !== '').join(' ');
  const number = digits(value / (step || 1));
  return spelled === '' ? number : `${number} ${spelled}`;
}

function digits(value: number): string {
  if (value === 0) return '0';
  const decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 0.1 ? 2 : 3;
  const fixed = value.toFixed(decimals);
  return fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
}

const byteSteps = [
  [1024 ** 4, 'TiB'],
  [1024 ** 3, 'GiB'],
  [1024 ** 2, 'MiB'],
  [1024, 'KiB'],
  [0, 'B'],
] as const;

const secondSteps = [
  [1, 's'],
  [1e-3, 'ms'],
  [1e-6, 'µs'],
  [1e-12, 'ns'],
  [0, 's'],
] as const;

const plainSteps = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e4, 'k'],
  [0, ''],
] as const;

const percent = [[0, '%']] as const;
