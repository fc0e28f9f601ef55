/** A host of the lab that keeps a name server. */
export interface NameServerHost {
  readonly name: string;
  readonly address: string;
  readonly says: string;
  /**
   * `silent` takes every question and answers none; `refusing` has no zone at all; `strict` wants a cookie over UDP (RFC 7873
   * §5.2.3). Absent: it does what it should.
   */
  readonly behaves?: 'silent' | 'refusing' | 'strict';
}

/** Every name server with authority. 127.4.4.9 (`dead.hoster.test.`) is left out: nobody is there. */
export const nameServers: readonly NameServerHost[] = [
  {name: 'a.root-servers.test.', address: '127.4.0.1', says: 'root name server'},
  {name: 'b.root-servers.test.', address: '127.4.0.2', says: 'root name server'},
  {name: 'a.nic.test.', address: '127.4.1.1', says: 'test. and the reverse zones'},
  {name: 'b.nic.test.', address: '127.4.1.2', says: 'test. and the reverse zones'},
  {name: 'a.nic.example.', address: '127.4.2.1', says: 'example.'},
  {name: 'b.nic.example.', address: '127.4.2.2', says: 'example.'},
  {name: 'ns1.example.test.', address: '127.4.3.1', says: 'example.test. and what is below'},
  {name: 'ns2.example.test.', address: '127.4.3.2', says: 'example.test.'},
  {name: 'ns1.hoster.test.', address: '127.4.4.1', says: 'zones of others: unsigned, bogus, expired, lame, …'},
  {name: 'ns2.hoster.test.', address: '127.4.4.2', says: 'zones of others'},
  {name: 'strict.hoster.test.', address: '127.4.4.6', says: 'wants a cookie (BADCOOKIE)', behaves: 'strict'},
  {name: 'silent.hoster.test.', address: '127.4.4.7', says: 'never answers', behaves: 'silent'},
  {
    name: 'lame.hoster.test.',
    address: '127.4.4.8',
    says: 'named as a server of lame.test., refuses',
    behaves: 'refusing',
  },
  {name: 'ns.nsec3.example.', address: '127.4.5.1', says: 'nsec3.example. and what it delegates'},
];

export const resolverHost = {name: 'resolver.nic.test.', address: '127.4.0.53'} as const;
