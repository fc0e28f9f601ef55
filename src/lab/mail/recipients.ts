import type {MailBehaviour} from './types.ts';

/** Users whose names say what becomes of them, for whoever wants to see it. */
const users: Readonly<Record<string, string>> = {
  nobody: '550 5.1.1 There is no such user here',
  full: '452 4.2.2 The mailbox is full',
  later: '450 4.7.1 Try again later',
  gone: '551 5.1.6 The user has moved, and nobody knows where to',
  off: '550 5.2.1 The mailbox is switched off',
};

/** What the server says of a recipient. */
export function recipientReply(path: string, behaviour: MailBehaviour): string {
  if (behaviour === 'defer') return '451 4.3.2 Too busy to take mail now; try again later';
  if (behaviour === 'refuse') return '550 5.7.1 No mail is taken here';
  const at = path.lastIndexOf('@');
  const [local, domain] = at < 0 ? [path, ''] : [path.slice(0, at), path.slice(at + 1).toLowerCase()];
  if (domain === '' && local.toLowerCase() !== 'postmaster') return '550 5.1.3 The recipient has no domain';
  if (domain !== '' && !/^(?:.+\.)?(?:test|example)\.?$|^\[/.test(domain))
    return '550 5.7.1 We take mail for the lab only and pass nothing on';
  const user = local.toLowerCase();
  return (Object.hasOwn(users, user) ? users[user] : undefined) ?? '250 2.1.5 The recipient is good';
}
