import type {ErrorCase, Snippet} from './errors-shape.ts';

/** The class as it should be: a value to ask for, and the error that was its cause. */
const right: Snippet = {
  imports: ['import socket'],
  setup: [
    'class ExchangeError(Exception):',
    '    def __init__(self, value):',
    "        super().__init__(f'the exchange failed: {value}')",
    '        self.value = value',
    'def exchange():',
    '    with socket.socket() as held, socket.socket() as sock:',
    "        held.bind(('127.0.0.1', 0))  # nobody listens there",
    '        try:',
    '            sock.connect(held.getsockname())',
    '        except OSError as cause:',
    '            raise ExchangeError(42) from cause  # error.__cause__',
  ],
  body: ['exchange()'],
  last: ["print('finally')"],
};

const rightNode: Snippet = {
  imports: ["import {once} from 'node:events';", "import net, {type AddressInfo} from 'node:net';"],
  setup: [
    'class ExchangeError extends Error {',
    "  readonly code = 'EXCHANGE';",
    '  readonly value: number;',
    '  constructor(value: number, options?: ErrorOptions) {',
    "    super('the exchange failed: ' + value, options);",
    "    this.name = 'ExchangeError';",
    '    this.value = value;',
    '  }',
    '}',
    'async function exchange(): Promise<void> {',
    "  const spare = net.createServer().listen(0, '127.0.0.1');",
    "  await once(spare, 'listening');",
    '  const {port} = spare.address() as AddressInfo;',
    "  await once(spare.close(), 'close');",
    '  try {',
    "    await once(net.connect(port, '127.0.0.1'), 'connect');",
    '  } catch (cause) {',
    '    throw new ExchangeError(42, {cause}); // error.cause',
    '  }',
    '}',
  ],
  body: ['await exchange();'],
  last: ["console.log('finally');"],
};

const asNoted = (base: string, ...method: string[]): string[] => [
  `class MyError(${base}):`,
  '    def __init__(self, value):',
  '        self.value = value',
  ...method,
];

export const ownCases = [
  {
    id: 'own-class',
    group: 'own',
    title: 'A class with a value and a cause',
    symbol: 'ExchangeError',
    python: {class: 'ExchangeError', text: 'the exchange failed: 42', snippet: right},
    node: {code: 'EXCHANGE', message: 'the exchange failed: 42', snippet: rightNode},
    means: 'Your own class says what failed in your terms, carries a value, and keeps the error below as its cause.',
    next: 'Derive from Exception, call super().__init__ with the message, and raise … from the cause. In TypeScript: extends Error, {cause}.',
    healthy: 'nothing',
  },
  {
    id: 'own-base-bug',
    group: 'own',
    title: 'class MyError(Exceptions): one letter too many',
    symbol: 'NameError',
    python: {
      class: 'NameError',
      text: "name 'Exceptions' is not defined",
      snippet: {imports: [], setup: [], body: asNoted('Exceptions'), last: ["print('finally')"]},
    },
    node: {why: 'It would be a ReferenceError: Exceptions is not defined.'},
    means: 'The class in the notes is derived from Exceptions. There is no such name, so not even the class is made.',
    next: 'Derive from Exception.',
    healthy: 'nothing',
  },
  {
    id: 'own-str-bug',
    group: 'own',
    title: '__str__(self, value): one argument too many',
    symbol: 'TypeError',
    python: {
      class: 'TypeError',
      text: "MyError.__str__() missing 1 required positional argument: 'value'",
      snippet: {
        imports: [],
        setup: asNoted('Exception', '    def __str__(self, value):', '        return repr(self.value)'),
        body: ['print(MyError(42))'],
        last: ["print('finally')"],
      },
    },
    node: {why: 'toString() with a parameter is allowed there: the parameter is undefined.'},
    means: 'print() calls str(), which calls __str__ with self alone. The error shows only when the error is shown.',
    next: 'Write __str__(self), or leave it out: Exception has one.',
    healthy: 'nothing',
  },
] as const satisfies readonly ErrorCase[];
