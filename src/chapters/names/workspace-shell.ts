import {basename, join} from 'node:path';
import {quoteShell} from '../../wire/text/quote-shell.ts';
import type {Told, WorkspaceAsk} from './workspace-shape.ts';

/** The variables that make a workspace the active one. */
export function environmentOf(path: string): Readonly<Record<string, string>> {
  return {WIREBOOK_WORKSPACE: path, NODE_EXTRA_CA_CERTS: join(path, 'ca', 'authority.pem')};
}

export function shellOf(asked: WorkspaceAsk['shell']): 'sh' | 'fish' {
  if (asked !== 'auto') return asked;
  return /(^|\/)fish$/.test(process.env['SHELL'] ?? '') ? 'fish' : 'sh';
}

export function activateLine(path: string, shell: 'sh' | 'fish'): Told<'shell'> {
  const {WIREBOOK_WORKSPACE: workspace = '', NODE_EXTRA_CA_CERTS: authority = ''} = environmentOf(path);
  // Within a prompt, backslash, dollar and percent mean something to one shell or another.
  const name = basename(path).replace(/[^\w.-]/g, '_');
  const line =
    shell === 'fish'
      ? `set -q WIREBOOK_WORKSPACE; or set -gx WIREBOOK_OLD_CA_CERTS "$NODE_EXTRA_CA_CERTS"; set -gx WIREBOOK_WORKSPACE ${quoteFish(workspace)}; set -gx NODE_EXTRA_CA_CERTS ${quoteFish(authority)}`
      : `if [ -z "\${WIREBOOK_WORKSPACE-}" ]; then export WIREBOOK_OLD_CA_CERTS="\${NODE_EXTRA_CA_CERTS-}"; fi; export WIREBOOK_WORKSPACE=${quoteShell(workspace)} NODE_EXTRA_CA_CERTS=${quoteShell(authority)}; if [ -n "\${PS1-}" ]; then WIREBOOK_OLD_PS1="\${WIREBOOK_OLD_PS1-$PS1}"; PS1="(${name}) $WIREBOOK_OLD_PS1"; fi`;
  return {
    shell,
    line,
    how:
      shell === 'fish'
        ? `wirebook names workspace activate ${quoteFish(path)} | source`
        : `eval "$(wirebook names workspace activate ${quoteShell(path)})"`,
    changes: [
      `WIREBOOK_WORKSPACE is ${workspace}: the lab, the settings and saved journals are those of the workspace`,
      `NODE_EXTRA_CA_CERTS is ${authority}: Node trusts the lab’s certificates`,
      ...(shell === 'sh' ? [`the prompt begins with (${name})`] : []),
    ],
  };
}

export function deactivateLine(shell: 'sh' | 'fish'): Told<'shell'> {
  const line =
    shell === 'fish'
      ? 'set -e WIREBOOK_WORKSPACE; if test -n "$WIREBOOK_OLD_CA_CERTS"; set -gx NODE_EXTRA_CA_CERTS $WIREBOOK_OLD_CA_CERTS; else; set -e NODE_EXTRA_CA_CERTS; end; set -e WIREBOOK_OLD_CA_CERTS'
      : `unset WIREBOOK_WORKSPACE; if [ -n "\${WIREBOOK_OLD_CA_CERTS-}" ]; then export NODE_EXTRA_CA_CERTS="$WIREBOOK_OLD_CA_CERTS"; else unset NODE_EXTRA_CA_CERTS; fi; unset WIREBOOK_OLD_CA_CERTS; if [ -n "\${WIREBOOK_OLD_PS1-}" ]; then PS1="$WIREBOOK_OLD_PS1"; unset WIREBOOK_OLD_PS1; fi`;
  return {
    shell,
    line,
    how:
      shell === 'fish'
        ? 'wirebook names workspace deactivate | source'
        : 'eval "$(wirebook names workspace deactivate)"',
    changes: [
      'WIREBOOK_WORKSPACE is gone',
      'NODE_EXTRA_CA_CERTS is what it was before',
      ...(shell === 'sh' ? ['the prompt is what it was'] : []),
    ],
  };
}

/** In fish only the quote and the backslash mean something between single quotes. */
const quoteFish = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/[\\']/g, '\\$&')}'`);
