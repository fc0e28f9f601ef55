/** What a number counts. Bytes go up in steps of 1024, seconds go down to ms and µs, anything else goes up by thousands. */
export type Unit = 'B' | 's' | '%' | '' | (string & {});

/** `2.5 KiB`, `12.3 ms`, `1.2 M`: three digits that matter, the unit, no trailing zeros. */
export function quantity(value: number, unit: Unit = ''): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'none' : value > 0 ? 'no limit' : '-no limit';
  if (value < 0) return `-${quantity(-value, unit)}`;
  const steps = unit === 'B' ? byteSteps : unit === 's' ? secondSteps : unit === '%' ? percent : plainSteps;
  const {per, name} = steps.find(({from}) => value >= from)!;
  const spelled = steps === plainSteps && unit !== '' ? `${name} ${unit}`.trim() : name;
  const number = digits(value / per);
  return spelled === '' ? number : `${number} ${spelled}`;
}

function digits(value: number): string {
  if (value === 0) return '0';
  const decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 0.1 ? 2 : 3;
  const fixed = value.toFixed(decimals);
  return fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
}

interface Step {
  /** The least value that is written this way. */
  readonly from: number;
  readonly per: number;
  readonly name: string;
}

const byteSteps: readonly Step[] = [
  {from: 1024 ** 4, per: 1024 ** 4, name: 'TiB'},
  {from: 1024 ** 3, per: 1024 ** 3, name: 'GiB'},
  {from: 1024 ** 2, per: 1024 ** 2, name: 'MiB'},
  {from: 1024, per: 1024, name: 'KiB'},
  {from: 0, per: 1, name: 'B'},
];

const secondSteps: readonly Step[] = [
  {from: 1, per: 1, name: 's'},
  {from: 1e-3, per: 1e-3, name: 'ms'},
  {from: 1e-6, per: 1e-6, name: 'µs'},
  {from: Number.MIN_VALUE, per: 1e-9, name: 'ns'},
  {from: 0, per: 1, name: 's'},
];

const plainSteps: readonly Step[] = [
  {from: 1e9, per: 1e9, name: 'G'},
  {from: 1e6, per: 1e6, name: 'M'},
  {from: 1e4, per: 1e3, name: 'k'},
  {from: 0, per: 1, name: ''},
];

const percent: readonly Step[] = [{from: 0, per: 1, name: '%'}];
