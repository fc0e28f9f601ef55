import type {Pen} from './pen.ts';

/** Weight of one arm of a line-drawing character. */
type Weight = 0 | 1 | 2 | 3;
const light = 1;
const double = 3;

interface Arms {
  readonly left: Weight;
  readonly right: Weight;
  readonly up: Weight;
  readonly down: Weight;
}

/** U+2500 to U+257F: the weight of the left, right, upper and lower arm: 0 none, 1 light, 2 heavy, 3 double. */
const armTable = [
  '1100 2200 0011 0022 1100 2200 0011 0022 1100 2200 0011 0022 0101 0201 0102 0202',
  '1001 2001 1002 2002 0110 0210 0120 0220 1010 2010 1020 2020 0111 0211 0121 0112',
  '0122 0221 0212 0222 1011 2011 1021 1012 1022 2021 2012 2022 1101 2101 1201 2201',
  '1102 2102 1202 2202 1110 2110 1210 2210 1120 2120 1220 2220 1111 2111 1211 2211',
  '1121 1112 1122 2121 1221 2112 1212 2221 2212 2122 1222 2222 1100 2200 0011 0022',
  '3300 0033 0301 0103 0303 3001 1003 3003 0310 0130 0330 3010 1030 3030 0311 0133',
  '0333 3011 1033 3033 3301 1103 3303 3310 1130 3330 3311 1133 3333 0101 1001 1010',
  '0110 0000 0000 0000 1000 0010 0100 0001 2000 0020 0200 0002 1200 0012 2100 0021',
]
  .join(' ')
  .split(' ');

/** How many dashes the dashed lines have. */
const dashes = new Map<number, number>([
  ...[0x2504, 0x2505, 0x2506, 0x2507].map(code => [code, 3] as const),
  ...[0x2508, 0x2509, 0x250a, 0x250b].map(code => [code, 4] as const),
  ...[0x254c, 0x254d, 0x254e, 0x254f].map(code => [code, 2] as const),
]);

export function drawBoxCharacter(code: number, pen: Pen): void {
  const arms = armsOf(code);
  const count = dashes.get(code);
  if (code >= 0x2571 && code <= 0x2573) diagonals(code, pen);
  else if (code >= 0x256d && code <= 0x2570) arc(arms, pen);
  else if (count !== undefined) dashed(arms, count, pen);
  else {
    horizontal(arms, pen);
    vertical(arms, pen);
  }
}

function armsOf(code: number): Arms {
  const [left, right, up, down] = Array.from(armTable[code - 0x2500]!, digit => Number(digit) as Weight);
  return {left: left!, right: right!, up: up!, down: down!};
}

function thickness(weight: Weight, pen: Pen): number {
  return weight === 2 ? pen.stroke * 3 : pen.stroke;
}

type Draw = (from: number, to: number, across: number, thick: number) => void;

/** Along x: the arm to the right, then the same for the one to the left, seen in a mirror. */
function horizontal({left, right, up, down}: Arms, pen: Pen): void {
  const {width, middleX, middleY} = pen;
  const plain: Draw = (from, to, across, thick) => pen.rectangle(from, across, to - from, thick);
  const mirrored: Draw = (from, to, across, thick) => pen.rectangle(width - to, across, to - from, thick);
  arm({own: right, opposite: left, low: up, high: down}, {middle: middleX, length: width, across: middleY}, pen, plain);
  arm(
    {own: left, opposite: right, low: up, high: down},
    {middle: width - middleX, length: width, across: middleY},
    pen,
    mirrored,
  );
}

function vertical({left, right, up, down}: Arms, pen: Pen): void {
  const {height, middleX, middleY} = pen;
  const plain: Draw = (from, to, across, thick) => pen.rectangle(across, from, thick, to - from);
  const mirrored: Draw = (from, to, across, thick) => pen.rectangle(across, height - to, thick, to - from);
  arm(
    {own: down, opposite: up, low: left, high: right},
    {middle: middleY, length: height, across: middleX},
    pen,
    plain,
  );
  arm(
    {own: up, opposite: down, low: left, high: right},
    {middle: height - middleY, length: height, across: middleX},
    pen,
    mirrored,
  );
}

/** `opposite` goes the other way; `low` and `high` are the arms across, at the low and the high end of the other axis. */
interface Joint {
  readonly own: Weight;
  readonly opposite: Weight;
  readonly low: Weight;
  readonly high: Weight;
}

/** One arm from the middle to the edge. `draw` gets where a line starts and ends along its axis, and where it lies across. */
function arm(joint: Joint, place: {middle: number; length: number; across: number}, pen: Pen, draw: Draw): void {
  const {own, opposite, low, high} = joint;
  if (own === 0) return;
  const thick = thickness(own, pen);
  const gap = pen.stroke * 2;
  if (own !== double) {
    draw(place.middle + singleStart(joint, gap, pen), place.length, place.across - thick / 2, thick);
    return;
  }
  // The two lines of a double arm: the one beside a double neighbour stops at it, the outer one goes around the corner.
  for (const [offset, beside, beyond] of [
    [-gap, low, high],
    [gap, high, low],
  ] as const) {
    const around = beyond === double && opposite !== double ? -gap : 0;
    const reach = beside === double ? gap : around;
    const joined = opposite === double && beside !== double ? 0 : pen.stroke / 2;
    draw(place.middle + reach - joined, place.length, place.across + offset - thick / 2, thick);
  }
}

/** Where a single arm starts, from the middle: at the near or the far line of a double neighbour, or covering a single one. */
function singleStart({opposite, low, high}: Joint, gap: number, pen: Pen): number {
  const across = Math.max(low, high) as Weight;
  if (across !== double) return -thickness(across === 0 ? light : across, pen) / 2;
  if (opposite !== 0) return 0;
  const passesBy = low === double && high === double;
  return (passesBy ? gap : -gap) - pen.stroke / 2;
}

function dashed({left, up, down}: Arms, count: number, pen: Pen): void {
  const along = left > 0;
  const thick = thickness(along ? left : (Math.max(up, down) as Weight), pen);
  const step = (along ? pen.width : pen.height) / count;
  for (let k = 0; k < count; k++) {
    const from = step * (k + 0.2);
    if (along) pen.rectangle(from, pen.middleY - thick / 2, step * 0.6, thick);
    else pen.rectangle(pen.middleX - thick / 2, from, thick, step * 0.6);
  }
}

function arc({right, down}: Arms, pen: Pen): void {
  const {width, height, middleX, middleY} = pen;
  const [endX, endY] = [right > 0 ? width : 0, down > 0 ? height : 0];
  const turnY = middleY + (down > 0 ? width / 2 : -width / 2);
  pen.line(`M${middleX} ${endY}L${middleX} ${turnY}Q${middleX} ${middleY} ${endX} ${middleY}`);
}

function diagonals(code: number, pen: Pen): void {
  const {width: w, height: h} = pen;
  if (code !== 0x2572) pen.line(`M${w} 0L0 ${h}`);
  if (code !== 0x2571) pen.line(`M0 0L${w} ${h}`);
}
