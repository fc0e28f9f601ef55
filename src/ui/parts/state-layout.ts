import {type TcpState, tcpTransition} from '../../wire/tcp/states.ts';

export type Point = readonly [x: number, y: number];

/** A state's place: the first cell of its name. CLOSED stands twice, where a connection begins and where it ends. */
export interface StateNode {
  readonly state: TcpState;
  readonly at: Point;
  readonly end?: boolean;
}

/** A line from within one state's name to the cell next to another's; the arrow's head is its last point. */
export interface StateEdge {
  readonly from: TcpState;
  readonly to: TcpState;
  readonly path: readonly Point[];
  /** Where its label begins, in forms that have labels. */
  readonly label?: Point;
}

export interface StateLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly StateNode[];
  readonly edges: readonly StateEdge[];
}

/** Figure 5 of RFC 9293 with its labels. */
export const wideLayout: StateLayout = {
  width: 74,
  height: 18,
  nodes: [
    node('CLOSED', 35, 1),
    node('LISTEN', 35, 4),
    node('SYN_RECV', 2, 8),
    node('SYN_SENT', 62, 8),
    node('ESTABLISHED', 33, 10),
    node('FIN_WAIT1', 2, 13),
    node('CLOSING', 36, 13),
    node('CLOSE_WAIT', 62, 13),
    node('FIN_WAIT2', 2, 16),
    node('TIME_WAIT', 33, 16),
    node('LAST_ACK', 62, 16),
    node('CLOSED', 46, 17, true),
  ],
  edges: [
    edge('CLOSED', 'SYN_SENT', '38,1 38,0 68,0 68,7', '43,0'),
    edge('SYN_SENT', 'CLOSED', '65,8 65,1 43,1', '50,1'),
    edge('CLOSED', 'LISTEN', '36,1 36,3', '22,2'),
    edge('LISTEN', 'CLOSED', '39,4 39,2', '41,3'),
    edge('LISTEN', 'SYN_SENT', '40,4 62,4 62,7', '46,4'),
    edge('LISTEN', 'SYN_RECV', '35,4 5,4 5,7', '9,4'),
    edge('SYN_RECV', 'LISTEN', '9,8 9,6 37,6 37,5', '14,6'),
    edge('SYN_SENT', 'SYN_RECV', '62,8 12,8', '27,8'),
    edge('SYN_RECV', 'ESTABLISHED', '9,8 9,10 30,10', '13,10'),
    edge('SYN_SENT', 'ESTABLISHED', '66,8 66,10 46,10', '47,9'),
    edge('SYN_RECV', 'FIN_WAIT1', '5,8 5,12', '11,12'),
    edge('ESTABLISHED', 'FIN_WAIT1', '35,10 35,11 9,11 9,12', '17,11'),
    edge('ESTABLISHED', 'CLOSE_WAIT', '41,10 41,11 66,11 66,12', '46,11'),
    edge('FIN_WAIT1', 'CLOSING', '10,13 33,13', '17,13'),
    edge('FIN_WAIT1', 'FIN_WAIT2', '5,13 5,15', '7,15'),
    edge('FIN_WAIT1', 'TIME_WAIT', '9,13 9,14 35,14 35,15', '14,14'),
    edge('CLOSING', 'TIME_WAIT', '39,13 39,15', '41,14'),
    edge('CLOSE_WAIT', 'LAST_ACK', '66,13 66,15', '54,14'),
    edge('FIN_WAIT2', 'TIME_WAIT', '10,16 30,16', '16,16'),
    edge('TIME_WAIT', 'CLOSED', '37,16 37,17 43,17', '30,17'),
    edge('LAST_ACK', 'CLOSED', '66,16 66,17 54,17', '57,17'),
  ],
};

/** The same without labels and without the two ways back to the beginning. */
export const compactLayout: StateLayout = {
  width: 46,
  height: 14,
  nodes: [
    node('CLOSED', 20, 0),
    node('LISTEN', 20, 2),
    node('SYN_RECV', 2, 4),
    node('SYN_SENT', 35, 4),
    node('ESTABLISHED', 17, 6),
    node('FIN_WAIT1', 2, 9),
    node('CLOSING', 19, 9),
    node('CLOSE_WAIT', 34, 9),
    node('FIN_WAIT2', 2, 12),
    node('TIME_WAIT', 18, 12),
    node('LAST_ACK', 35, 12),
    node('CLOSED', 28, 13, true),
  ],
  edges: [
    edge('CLOSED', 'SYN_SENT', '25,0 41,0 41,3'),
    edge('CLOSED', 'LISTEN', '21,0 21,1'),
    edge('LISTEN', 'CLOSED', '24,2 24,1'),
    edge('LISTEN', 'SYN_SENT', '25,2 37,2 37,3'),
    edge('LISTEN', 'SYN_RECV', '20,2 4,2 4,3'),
    edge('SYN_SENT', 'SYN_RECV', '35,4 12,4'),
    edge('SYN_RECV', 'ESTABLISHED', '8,4 8,6 14,6'),
    edge('SYN_SENT', 'ESTABLISHED', '39,4 39,6 30,6'),
    edge('SYN_RECV', 'FIN_WAIT1', '4,4 4,8'),
    edge('ESTABLISHED', 'FIN_WAIT1', '19,6 19,7 8,7 8,8'),
    edge('ESTABLISHED', 'CLOSE_WAIT', '26,6 26,7 39,7 39,8'),
    edge('FIN_WAIT1', 'CLOSING', '10,9 16,9'),
    edge('FIN_WAIT1', 'FIN_WAIT2', '4,9 4,11'),
    edge('FIN_WAIT1', 'TIME_WAIT', '8,9 8,10 20,10 20,11'),
    edge('CLOSING', 'TIME_WAIT', '23,9 23,11'),
    edge('CLOSE_WAIT', 'LAST_ACK', '39,9 39,11'),
    edge('FIN_WAIT2', 'TIME_WAIT', '10,12 15,12'),
    edge('TIME_WAIT', 'CLOSED', '22,12 22,13 25,13'),
    edge('LAST_ACK', 'CLOSED', '39,12 39,13 36,13'),
  ],
};

/** The richest form that fits with a row to spare for what happened last; `undefined` when only a list does. */
export function layoutFor(width: number, height: number): StateLayout | undefined {
  return [wideLayout, compactLayout].find(layout => layout.width <= width && layout.height < height);
}

/** `close / FIN`, short enough for its edge: whose acknowledgment arrives is plain from the state. */
export function edgeLabel({from, to}: Pick<StateEdge, 'from' | 'to'>): string {
  const transition = tcpTransition(from, to);
  if (transition === undefined) return '';
  const on = transition.on.replace(/ACK of (SYN|FIN)/, 'ACK').replace('timeout 2MSL', '2 MSL');
  return transition.sends === undefined ? on : `${on} / ${transition.sends}`;
}

function node(state: TcpState, x: number, y: number, end = false): StateNode {
  return {state, at: [x, y], end};
}

/** Points are written as SVG writes them: `x,y x,y`. */
function edge(from: TcpState, to: TcpState, path: string, label?: string): StateEdge {
  const points = path.split(' ').map(pointOf);
  return {from, to, path: points, ...(label !== undefined && {label: pointOf(label)})};
}

function pointOf(text: string): Point {
  const [x = 0, y = 0] = text.split(',').map(Number);
  return [x, y];
}
