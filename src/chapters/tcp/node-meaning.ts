/** What Node's own functions and events do, where libc cannot be called: by the names under which they are told. */
export const nodeMeanings: Readonly<Record<string, {readonly says: string; readonly source: string}>> = {
  'node:listen': {
    says: 'Node calls socket(), bind() and listen(). From now on it calls accept() by itself, for whoever connects.',
    source: 'Node net.Server, RFC 9293 §3.9.1.1 (passive OPEN)',
  },
  'node:connect': {
    says: 'Node calls socket(), bind() when an address is given, and connect(). It comes back when the SYN ACK is there.',
    source: 'Node net.connect(), RFC 9293 §3.9.1.1 (active OPEN)',
  },
  'node:connection': {
    says: 'Node has called accept(), without being asked. That puts nothing on the wire.',
    source: 'Node net.Server, POSIX accept()',
  },
  'node:write': {
    says: 'Node calls write(), again and again until the kernel has taken every byte. It is told when that is done.',
    source: 'Node stream.Writable, RFC 9293 §3.9.1.2 (SEND)',
  },
  'node:read': {
    says: 'Node has called read() as soon as something came, and kept it until it was asked for.',
    source: 'Node stream.Readable, RFC 9293 §3.9.1.3 (RECEIVE)',
  },
  'node:end event': {
    says: 'read() gave Node 0: the peer’s FIN has come, and all bytes before it were read. With allowHalfOpen this side may go on sending.',
    source: 'Node net.Socket, RFC 9293 §3.6',
  },
  'node:end': {
    says: 'Node waits until the kernel has every byte, and then calls shutdown(SHUT_WR): a FIN goes out.',
    source: 'Node net.Socket, RFC 9293 §3.6, POSIX shutdown()',
  },
  'node:close event': {
    says: 'Node has called close(): after an error, or because both directions are over. A C program would have to do it.',
    source: 'Node stream.Duplex, RFC 9293 §3.6',
  },
  'node:destroy': {
    says: 'Node calls close() at once, whatever waits: a FIN, or a RST when the kernel holds bytes that nobody has read.',
    source: 'Node net.Socket, RFC 9293 §3.6; RFC 1122 §4.2.2.13 (unread bytes)',
  },
  'node:resetAndDestroy': {
    says: 'Node sets SO_LINGER to 0 seconds and calls close(): a RST instead of a FIN.',
    source: 'Node net.Socket, RFC 9293 §3.9.1.6 (ABORT)',
  },
};
