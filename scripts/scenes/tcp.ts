import type {Scene} from '../picture/scene.ts';

const wide = {columns: 120, rows: 36} as const;

/** A row of the journal: which call came back first, and how often the kernel was asked, is different every time. */
const journalRow = /[▸ ]\s+\d+\.\d{3} [a-z]+ .*$/;

/** The bars and curves of gauges. */
const gauge = /[█▉▊▋▌▍▎▏▁▂▃▄▅▆▇░ ]*[█░▁▂▃▄▅▆▇][█▉▊▋▌▍▎▏▁▂▃▄▅▆▇░ ]*/;

const sendText: Scene['steps'] = [{press: ['s']}, {wait: 'Enter do it'}, {settle: 200}, {press: ['enter']}];

const act = (key: string, says: string): Scene['steps'] => [{press: [key]}, {wait: says}, {settle: 200}];

const halfClose: Scene['steps'] = [
  {wait: 'ESTABLISHED from SYN_RECV'},
  {settle: 300},
  ...sendText,
  {wait: /recv\(\) = \d/},
  {press: ['w']},
  {wait: 'FIN_WAIT2'},
  {settle: 500},
];

/** Chapter 3. */
export const tcpScenes: readonly Scene[] = [
  {
    ...wide,
    name: 'connect',
    title: 'Connect: a talk with an echo server that runs in the same explorer',
    args: ['tcp', 'listen', '--address', '127.0.31.1'],
    steps: [
      {wait: 'LISTEN'},
      {settle: 300},
      {press: ['esc']},
      {wait: 'Enter open'},
      {press: ['up', 'enter']},
      {wait: 'Enter launch'},
      {press: ['ctrl+u']},
      {type: '127.0.31.1'},
      {press: ['enter']},
      {wait: 'ESTABLISHED'},
      {press: ['s']},
      {wait: 'Enter do it'},
      {settle: 200},
      {press: ['ctrl+u']},
      {type: 'Beautiful is better than ugly.'},
      {press: ['enter']},
      {wait: '31 B received'},
      {settle: 800},
    ],
    volatile: [journalRow, gauge],
  },
  {
    ...wide,
    name: 'listen',
    title: 'Listen: a server, its connections, and one that has been closed',
    args: ['tcp', 'listen', '--address', '127.0.31.2'],
    steps: [
      {wait: 'LISTEN'},
      {settle: 300},
      {peer: {to: ['127.0.31.2', 1060], from: '127.0.2.1', says: 'GET / HTTP/1.1\r\n\r\n'}},
      {settle: 300},
      {peer: {to: ['127.0.31.2', 1060], from: '127.0.2.2', says: 'Beautiful is better than ugly\n', ends: true}},
      {settle: 300},
      {peer: {to: ['127.0.31.2', 1060], from: '127.0.2.3', says: 'hello'}},
      {settle: 300},
      {press: ['down']},
      {settle: 800},
    ],
    volatile: [journalRow, gauge],
  },
  {
    ...wide,
    name: 'half-close',
    title: 'Half-close: the client has shut down its sending side',
    args: ['tcp', 'half-close', '--port', '0'],
    steps: halfClose,
  },
  {
    columns: 200,
    rows: 60,
    name: 'half-close-states',
    title: 'Half-close on a large screen: the state diagram of TCP beside the calls',
    args: ['tcp', 'half-close', '--port', '0'],
    steps: halfClose,
  },
  {
    ...wide,
    name: 'shared',
    title: 'Shared socket: close() in one process sends no FIN, shutdown() ends it for both',
    args: ['tcp', 'shared', '--port', '0'],
    steps: [
      {wait: 'inherit'},
      {settle: 300},
      ...act('C', 'The child acts'),
      {press: ['c']},
      {wait: '1 holder'},
      ...act('<', 'The parent acts'),
      ...sendText,
      {wait: 'recv() = 6'},
      {press: ['m']},
      {wait: '2 holders'},
      {settle: 300},
      ...act('C', 'The child acts'),
      {press: ['w']},
      {wait: 'FIN_WAIT2'},
      ...act('<', 'The parent acts'),
      ...sendText,
      {wait: 'EPIPE send'},
      {settle: 300},
    ],
  },
  {
    ...wide,
    name: 'deadlock',
    title: 'Deadlock: four full queues, and why nothing moves',
    args: ['tcp', 'deadlock', '--port', '0'],
    steps: [{wait: 'FROZEN', ms: 20_000}, {settle: 300}],
    // How much of a row there is room for depends on how long the numbers of the processes are.
    volatile: [journalRow, gauge, /inherit.*?…/],
  },
  {
    ...wide,
    name: 'options',
    title: 'Options: what the kernel made of SO_RCVBUF=10000',
    args: ['tcp', 'options', '--name', 'BUF,LOWAT,LINGER,REUSE,KEEP,NODELAY,MAXSEG,USER_TIMEOUT'],
    steps: [
      {wait: 'SO_RCVBUF'},
      {settle: 300},
      {press: Array<string>(2).fill('down')},
      {wait: '▸ SOL_SOCKET    SO_RCVBUF'},
      {press: ['s']},
      {wait: /Option +SO_RCVBUF/},
      {press: ['ctrl+u']},
      {type: '10000'},
      {press: ['enter']},
      {settle: 500},
    ],
  },
  {
    ...wide,
    name: 'udp',
    title: 'UDP: an answer from somebody else, which an unconnected socket takes',
    args: ['tcp', 'udp', '--port', '0'],
    steps: [
      {wait: /getsockname.*0.0.0.0/},
      {settle: 500},
      {press: ['s']},
      {settle: 300},
      {press: ['enter']},
      {settle: 500},
      {press: ['o']},
      {settle: 500},
      {press: ['enter']},
      {settle: 500},
    ],
  },
];
