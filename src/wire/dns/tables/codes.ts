import {table} from './entry.ts';

/** IANA, “DNS CLASSes”. */
export const classes = table([
  [1, 'IN', 'RFC 1035 §3.2.4', 'The Internet.'],
  [3, 'CH', 'RFC 1035 §3.2.4', 'Chaosnet; servers tell their version and host name in it.'],
  [4, 'HS', 'RFC 1035 §3.2.4', 'Hesiod.'],
  [254, 'NONE', 'RFC 2136 §2.4', 'In an update: no such record may exist, or it is deleted.'],
  [255, 'ANY', 'RFC 1035 §3.2.5', 'Any class; in an update: a whole set of records.'],
]);

/** IANA, “DNS OpCodes”. */
export const opcodes = table([
  [0, 'QUERY', 'RFC 1035 §4.1.1', 'A question with its answer.'],
  [1, 'IQUERY', 'RFC 3425', 'An inverse query, obsolete.'],
  [2, 'STATUS', 'RFC 1035 §4.1.1', 'Asks for the status of a server.'],
  [4, 'NOTIFY', 'RFC 1996', 'Tells that a zone has changed.'],
  [5, 'UPDATE', 'RFC 2136', 'Changes records of a zone.'],
  [6, 'DSO', 'RFC 8490', 'Manages a session that stays open.'],
]);

/** IANA, “DNS RCODEs”. 16 is BADSIG inside TSIG (RFC 8945 §5). */
export const responseCodes = table([
  [0, 'NOERROR', 'RFC 1035 §4.1.1', 'No error: the name exists, with or without records of the type asked for.'],
  [1, 'FORMERR', 'RFC 1035 §4.1.1', 'The server could not read the query.'],
  [2, 'SERVFAIL', 'RFC 1035 §4.1.1', 'The server failed to find the answer, or did not trust it.'],
  [3, 'NXDOMAIN', 'RFC 1035 §4.1.1', 'The name does not exist, and nothing below it does.'],
  [4, 'NOTIMP', 'RFC 1035 §4.1.1', 'The server does not know this kind of query.'],
  [5, 'REFUSED', 'RFC 1035 §4.1.1', 'The server does not answer this question, or not to this client.'],
  [6, 'YXDOMAIN', 'RFC 2136 §2.2', 'A name exists that should not; with DNAME: the new name is too long.'],
  [7, 'YXRRSET', 'RFC 2136 §2.2', 'A set of records exists that should not.'],
  [8, 'NXRRSET', 'RFC 2136 §2.2', 'A set of records that should exist does not.'],
  [9, 'NOTAUTH', 'RFC 2136 §2.2', 'The server has no authority for the zone, or the sender none for the request.'],
  [10, 'NOTZONE', 'RFC 2136 §2.2', 'A name is not in the zone that is to be updated.'],
  [11, 'DSOTYPENI', 'RFC 8490 §5.2', 'The server does not know this kind of session message.'],
  [16, 'BADVERS', 'RFC 6891 §9', 'The server does not speak this version of EDNS.'],
  [17, 'BADKEY', 'RFC 8945 §5.2.1', 'The server does not know the key.'],
  [18, 'BADTIME', 'RFC 8945 §5.2.3', 'The signature is out of its time window.'],
  [19, 'BADMODE', 'RFC 2930 §2.6', 'The server does not know this mode of TKEY.'],
  [20, 'BADNAME', 'RFC 2930 §2.6', 'A key of this name exists already.'],
  [21, 'BADALG', 'RFC 2930 §2.6', 'The server does not know this algorithm.'],
  [22, 'BADTRUNC', 'RFC 8945 §5.2.4', 'The signature is cut shorter than the server takes.'],
  [23, 'BADCOOKIE', 'RFC 7873 §5.2.3', 'The server cookie is missing or wrong: ask again with the new one.'],
]);

/** The flags of the header, from the highest bit on. */
export const headerFlags = [
  {name: 'qr', bit: 0x8000, meaning: 'This is a response.', source: 'RFC 1035 §4.1.1'},
  {name: 'aa', bit: 0x0400, meaning: 'The server has authority for the name.', source: 'RFC 1035 §4.1.1'},
  {name: 'tc', bit: 0x0200, meaning: 'The message was cut: ask again over TCP.', source: 'RFC 1035 §4.1.1'},
  {name: 'rd', bit: 0x0100, meaning: 'The client wishes the server to ask others too.', source: 'RFC 1035 §4.1.1'},
  {name: 'ra', bit: 0x0080, meaning: 'The server asks others when a client wishes it.', source: 'RFC 1035 §4.1.1'},
  {name: 'z', bit: 0x0040, meaning: 'Reserved, and to be 0.', source: 'RFC 1035 §4.1.1'},
  {name: 'ad', bit: 0x0020, meaning: 'The server has validated the answer with DNSSEC.', source: 'RFC 4035 §3.2.3'},
  {name: 'cd', bit: 0x0010, meaning: 'The client does without validation by the server.', source: 'RFC 4035 §3.2.2'},
] as const;
