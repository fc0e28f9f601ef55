import type {Flaw} from '../../lab/failing-handshake.ts';
import type {PythonClass} from './errors-python.ts';
import type {ErrorCase} from './errors-shape.ts';
import {tlsNodeSnippet, tlsPythonSnippet} from './errors-snippets-tls.ts';

const verify = 'CERTIFICATE_VERIFY_FAILED';

export const tlsCases = [
  flawed('self-signed', {
    title: 'The certificate signed itself',
    number: 18,
    reason: verify,
    text: 'self-signed certificate',
    node: ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'],
    means: 'Nobody but the server itself vouches for its key, so anybody could have made it.',
    next: 'Have it signed by an authority that the client trusts, or give the client exactly this certificate as one.',
  }),
  flawed('expired', {
    title: 'The certificate has expired',
    number: 10,
    reason: verify,
    text: 'certificate has expired',
    node: ['CERT_HAS_EXPIRED', 'certificate has expired'],
    means: 'Its notAfter is past (here: 1 February 2020), or the clock of the client is wrong.',
    next: 'Renew the certificate; check the clock.',
  }),
  flawed('wrong-host', {
    title: 'The certificate is for somebody else',
    number: 62,
    reason: verify,
    text: "Hostname mismatch, certificate is not valid for 'localhost'.",
    node: [
      'ERR_TLS_CERT_ALTNAME_INVALID',
      "Hostname/IP does not match certificate's altnames: Host: localhost. is not in the cert's altnames: DNS:elsewhere.test",
    ],
    means:
      'The chain is good, but none of its names is the one that was asked for (RFC 9525): it may be the wrong server.',
    next: 'Ask for a name that is in subjectAltName, or get a certificate that has this one.',
  }),
  flawed('unknown-authority', {
    title: 'Nobody here knows who signed it',
    number: 20,
    reason: verify,
    text: 'unable to get local issuer certificate',
    node: ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate'],
    means: 'The certificate of the signer is neither sent by the server nor among those that the client trusts.',
    next: 'Let the server send the intermediate certificates, or add the authority: load_verify_locations(), NODE_EXTRA_CA_CERTS.',
  }),
  flawed('not-tls', {
    title: 'The server does not speak TLS',
    reason: 'WRONG_VERSION_NUMBER',
    text: 'wrong version number',
    node: ['ERR_SSL_WRONG_VERSION_NUMBER', 'wrong version number'],
    means: 'The answer begins with “HTTP/” where a TLS record was to begin: its letters were read as a version.',
    next: 'Check the port, and whether the protocol turns to TLS only later (STARTTLS).',
  }),
  flawed('old-version', {
    title: 'No version of TLS in common',
    reason: 'TLSV1_ALERT_PROTOCOL_VERSION',
    text: 'tlsv1 alert protocol version',
    node: ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tlsv1 alert protocol version'],
    means: 'The client offers TLS 1.2 at most, the server wants 1.3, and says so with alert 70 (RFC 8446 §6.2).',
    next: 'Let both allow TLS 1.3.',
  }),
  flawed('no-handshake', {
    title: 'The peer hangs up during the handshake',
    reason: 'UNEXPECTED_EOF_WHILE_READING',
    text: 'EOF occurred in violation of protocol',
    node: ['ECONNRESET', 'Client network socket disconnected before secure TLS connection was established'],
    means:
      'The connection ended without an alert: the server crashed, is overloaded, or something between cut it. A Python ' +
      'that ignores an unexpected end of file (3.11.2 does) calls it SSLZeroReturnError.',
    next: 'Look into the log of the server; try with openssl s_client.',
  }),
] as const;

interface Flawed {
  readonly title: string;
  /** OpenSSL’s X509_V_ERR_ number. */
  readonly number?: number;
  readonly reason: string;
  readonly text: string;
  readonly node: readonly [code: string, message: string];
  readonly means: string;
  readonly next: string;
}

function flawed<const Id extends Exclude<Flaw, 'nothing'>>(id: Id, one: Flawed): ErrorCase & {readonly id: Id} {
  const {title, number, reason, text, node, means, next} = one;
  const eof = id === 'no-handshake';
  const name: PythonClass =
    reason === verify ? 'ssl.SSLCertVerificationError' : eof ? 'ssl.SSLEOFError' : 'ssl.SSLError';
  const [code, message] = node;
  return {
    id,
    group: 'tls',
    title,
    symbol: reason,
    ...(number !== undefined && {number}),
    python: {
      class: name,
      // Not an errno but what SSL_get_error() says: SSL_ERROR_SSL, or Python’s own 8 for an end of file.
      errno: eof ? 8 : 1,
      text: `[SSL: ${reason}] ${reason === verify ? 'certificate verify failed: ' : ''}${text}`,
      snippet: tlsPythonSnippet(id),
    },
    node: {code, message, snippet: tlsNodeSnippet(id)},
    means,
    next,
    healthy: 'handshake',
  };
}
