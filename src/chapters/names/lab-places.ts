/**
 * Where the lab’s hosts listen on a machine that has the whole of 127/8, unless somebody has the port already: what programs
 * that know nothing of the lab’s resolver are given. The pane shows where they really are.
 */
export const labPlaces: Readonly<Record<string, {readonly host: string; readonly port: number}>> = {
  'whois.iana.test': {host: '127.4.0.43', port: 4343},
  'whois.nic.test': {host: '127.4.1.43', port: 4343},
  'mail.example.test': {host: '127.4.3.25', port: 2525},
  'busy.example.test': {host: '127.4.3.26', port: 2525},
  'refusing.example.test': {host: '127.4.3.27', port: 2525},
};

export function labPlace(host: string): {readonly host: string; readonly port: number} | undefined {
  const name = host.toLowerCase().replace(/\.$/, '');
  return Object.hasOwn(labPlaces, name) ? labPlaces[name] : undefined;
}
