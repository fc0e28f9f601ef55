import {type Row, table} from './option.ts';

/** man 7 ip; include/uapi/linux/in.h */
const rows: Row[] = [
  [1, 'IP_TOS', 'int', 'yes', 'Type of service: six bits of DSCP and two of ECN in each IPv4 header (RFC 2474).'],
  [2, 'IP_TTL', 'int', 'yes', 'How many routers a packet may pass.'],
  [3, 'IP_HDRINCL', 'bool', 'privileged', 'Raw sockets: the program writes the IP header itself.'],
  [4, 'IP_OPTIONS', 'bytes', 'yes', 'The options after the fixed IPv4 header, for each packet sent.'],
  [5, 'IP_ROUTER_ALERT', 'bool', 'privileged', 'Takes packets that ask every router to look at them.'],
  [6, 'IP_RECVOPTS', 'bool', 'yes', 'recvmsg() tells the IP options that came.'],
  [7, 'IP_RETOPTS', 'bool', 'yes', 'The same, before the kernel worked on them.'],
  [8, 'IP_PKTINFO', 'bool', 'yes', 'recvmsg() tells the device and the address a datagram came to.'],
  [9, 'IP_PKTOPTIONS', 'bytes', 'no', 'What recvmsg() would tell, for a stream socket.'],
  [10, 'IP_MTU_DISCOVER', 'int', 'yes', 'Whether packets forbid fragments, to find out the path’s MTU (RFC 1191).'],
  [11, 'IP_RECVERR', 'bool', 'yes', 'Keeps ICMP errors in a queue that recvmsg(MSG_ERRQUEUE) reads.'],
  [12, 'IP_RECVTTL', 'bool', 'yes', 'recvmsg() tells the TTL of each datagram.'],
  [13, 'IP_RECVTOS', 'bool', 'yes', 'recvmsg() tells the TOS of each datagram.'],
  [14, 'IP_MTU', 'int', 'no', 'The known MTU of the path; only for a connected socket.'],
  [15, 'IP_FREEBIND', 'bool', 'yes', 'bind() takes an address that this machine does not have yet.'],
  [18, 'IP_PASSSEC', 'bool', 'yes', 'recvmsg() tells the security label of the peer.'],
  [19, 'IP_TRANSPARENT', 'bool', 'privileged', 'Speaks and listens for addresses of others: for a transparent proxy.'],
  [20, 'IP_RECVORIGDSTADDR', 'bool', 'yes', 'recvmsg() tells where a redirected datagram was going.'],
  [21, 'IP_MINTTL', 'int', 'yes', 'Drops what has passed more routers than this allows (RFC 5082).'],
  [22, 'IP_NODEFRAG', 'bool', 'yes', 'Raw sockets: outgoing fragments are left alone.'],
  [23, 'IP_CHECKSUM', 'bool', 'yes', 'recvmsg() tells the checksum of each datagram.'],
  [24, 'IP_BIND_ADDRESS_NO_PORT', 'bool', 'yes', 'bind() to port 0 chooses the port only at connect().'],
  [25, 'IP_RECVFRAGSIZE', 'bool', 'yes', 'recvmsg() tells the size of the largest fragment.'],
  [26, 'IP_RECVERR_RFC4884', 'bool', 'yes', 'Queued ICMP errors come with their extensions (RFC 4884).'],
  [32, 'IP_MULTICAST_IF', 'in_addr', 'yes', 'The device that multicast leaves through.'],
  [33, 'IP_MULTICAST_TTL', 'int', 'yes', 'How many routers a multicast packet may pass.'],
  [34, 'IP_MULTICAST_LOOP', 'bool', 'yes', 'Own multicast comes back to this machine.'],
  [49, 'IP_MULTICAST_ALL', 'bool', 'yes', 'Takes datagrams of all groups joined on the machine, not only of its own.'],
  [
    50,
    'IP_UNICAST_IF',
    'int',
    'yes',
    'The number of the device that other packets leave through (network byte order).',
  ],
  [51, 'IP_LOCAL_PORT_RANGE', 'int', 'yes', 'Own range for chosen ports: low in the lower 16 bits, high in the upper.'],
];

export const ipOptions = table('IPPROTO_IP', rows, {
  IP_MTU_DISCOVER: {
    IP_PMTUDISC_DONT: 0,
    IP_PMTUDISC_WANT: 1,
    IP_PMTUDISC_DO: 2,
    IP_PMTUDISC_PROBE: 3,
    IP_PMTUDISC_INTERFACE: 4,
    IP_PMTUDISC_OMIT: 5,
  },
});
