import {createServer, type Socket} from 'node:net';
import {visible} from '../../wire/text/visible.ts';
import {listening} from '../listening.ts';
import {registryAnswer, rootAnswer, type WhoisAnswer} from './records.ts';
import type {WhoisOptions, WhoisServer} from './types.ts';

/** A question has no use for more (RFC 3912 gives no limit). */
const longestQuery = 1024;
const idleMilliseconds = 30_000;

/** A whois server on loopback (RFC 3912): one line in, an answer, and the connection is closed. */
export async function startWhois(options: WhoisOptions): Promise<WhoisServer> {
  const counts = {queries: 0};
  const answerOf = (query: string): WhoisAnswer => {
    counts.queries++;
    return options.role === 'root' ? rootAnswer(query, options.peers()) : registryAnswer(query, options.peers());
  };
  const server = createServer({allowHalfOpen: true}, socket => serve(socket, answerOf));
  const open = await listening(server, options);
  return {...open, counts: () => ({...counts})};
}

function serve(socket: Socket, answerOf: (query: string) => WhoisAnswer): void {
  let heard: Buffer = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.setTimeout(idleMilliseconds, () => socket.destroy());
  socket.on('end', () => heard.includes(0x0a) || socket.end());
  socket.on('data', (bytes: Buffer) => {
    if (heard.includes(0x0a)) return;
    heard = Buffer.concat([heard, bytes]);
    const end = heard.indexOf(0x0a);
    if (end < 0 && heard.length <= longestQuery) return;
    if (end < 0) {
      socket.end('% The question is too long.\r\n');
      return;
    }
    const {text, encoding, stall} = answerOf(visible(heard.subarray(0, end).toString().replace(/\r$/, '')));
    const answer = Buffer.from(text.replaceAll('\n', '\r\n'), encoding ?? 'utf8');
    if (stall === true) socket.write(answer);
    else socket.end(answer);
  });
}
