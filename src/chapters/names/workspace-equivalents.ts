import {reprStr} from '../../wire/python/repr.ts';
import {quoteShell} from '../../wire/text/quote-shell.ts';
import {splitShell} from '../../wire/text/split-shell.ts';
import type {Equivalent} from '../contract.ts';
import type {WorkspaceAsk} from './workspace-shape.ts';

/** The same for Python's own environments, and a workspace's life in the shell. */
export function workspaceEquivalents({verb, dir, command}: WorkspaceAsk): readonly Equivalent[] {
  const name = dir === '' ? 'my-lab' : dir;
  const split = splitShell(command);
  const words = split.ok && split.words.length > 0 ? split.words : ['wirebook', 'names', 'query', 'www.workshop.test'];
  return [
    {language: 'shell', code: verb === 'virtualenv' ? virtualenv : shell(name, words)},
    {language: 'Python', code: python},
    {language: 'Node', code: node(name, words)},
  ];
}

const shell = (dir: string, words: readonly string[]) => `wirebook names workspace create ${quoteShell(dir)}
wirebook names workspace check ${quoteShell(dir)}
wirebook names workspace run ${quoteShell(dir)} -- ${words.map(quoteShell).join(' ')}

# For a whole session, as with a virtualenv:
eval "$(wirebook names workspace activate ${quoteShell(dir)})"
wirebook names query www.workshop.test
eval "$(wirebook names workspace deactivate)"
`;

const virtualenv = `# virtualenv --no-site-packages dns, in the Python of today:
python3 -m venv dns
cd dns/
. ./bin/activate
pip install --no-index --find-links /where/the/wheels/are xxx
python -c 'import xxx'
deactivate
`;

const python = `import pathlib
import subprocess
import sys
import tempfile
import venv

with tempfile.TemporaryDirectory() as folder:
    place = pathlib.Path(folder) / 'dns'
    venv.create(place, system_site_packages=False, with_pip=False)
    print(sys.prefix)
    print((place / 'pyvenv.cfg').read_text())
    subprocess.run([place / 'bin' / 'python', '-c', ${reprStr('import sys; print(sys.prefix)')}], check=True)
`;

const node = (dir: string, words: readonly string[]) => `import {spawnSync} from 'node:child_process';
import {resolve} from 'node:path';

const workspace = resolve(${JSON.stringify(dir)});
const environment = {WIREBOOK_WORKSPACE: workspace, NODE_EXTRA_CA_CERTS: resolve(workspace, 'ca/authority.pem')};
const {status} = spawnSync(${JSON.stringify(words[0])}, ${JSON.stringify(words.slice(1))}, {
  env: {...process.env, ...environment},
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
`;
