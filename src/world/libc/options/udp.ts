import {type Row, table} from './option.ts';

/** man 7 udp; include/uapi/linux/udp.h */
const rows: Row[] = [
  [1, 'UDP_CORK', 'bool', 'yes', 'Gathers what is sent into one datagram until it is turned off.'],
  [100, 'UDP_ENCAP', 'int', 'yes', 'The tunnel protocol that the kernel takes out of datagrams.'],
  [101, 'UDP_NO_CHECK6_TX', 'bool', 'yes', 'IPv6: sends without a checksum (RFC 6935).'],
  [102, 'UDP_NO_CHECK6_RX', 'bool', 'yes', 'IPv6: takes datagrams without a checksum (RFC 6935).'],
  [103, 'UDP_SEGMENT', 'int', 'yes', 'One send is cut into datagrams of this size.'],
  [104, 'UDP_GRO', 'bool', 'yes', 'One receive may hold several datagrams of one size.'],
];

export const udpOptions = table('IPPROTO_UDP', rows);
