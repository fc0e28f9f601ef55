import {rmSync} from 'node:fs';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Told} from './workspace-shape.ts';
import {ShellSession} from './workspace-shell-session.ts';

type Step = Told<'venv'>;

interface VenvKit {
  readonly signal: AbortSignal;
  tell(step: Step): void;
}

/** What a step may change: asked of the shell and of Python before and after each. */
interface Surroundings {
  readonly folder: string;
  readonly environment: string;
  readonly python: string;
  readonly prefix: string;
  readonly packages: string;
}

/**
 * The virtualenv commands of the book, one after the other in one shell, in a temporary directory that is removed at the end.
 * The package comes from a wheel that is made there: nothing is fetched. Resolves with the sentence that says why it ended early.
 */
export async function runVirtualenv({signal, tell}: VenvKit): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'wirebook-venv-'));
  const shell = new ShellSession(folder, signal);
  // Where the program leaves at once, such as when its terminal is closed, nobody waits for what is awaited below.
  const leave = () => {
    shell.kill();
    rmSync(folder, {recursive: true, force: true});
  };
  process.on('exit', leave);
  try {
    const python = await shell.run('command -v python3');
    if (python.code !== 0) return 'python3 is not installed, and the environment is one of Python';
    const hasPip = (await shell.run('python3 -c "import ensurepip, venv"')).code === 0;
    if (!hasPip && (await shell.run('python3 -c "import venv"')).code !== 0)
      return 'This python3 has no module venv (Debian has it in a package of its own, python3-venv)';
    await writeFile(join(folder, 'wheel.py'), wheelMaker);
    await shell.run('python3 wheel.py');
    await perform(shell, tell, hasPip);
    return undefined;
  } finally {
    await shell.close();
    await rm(folder, {recursive: true, force: true, maxRetries: 3});
    process.off('exit', leave);
  }
}

async function perform(shell: ShellSession, tell: (step: Step) => void, hasPip: boolean): Promise<void> {
  let before = await look(shell);
  for (const [index, step] of stepsOf(hasPip).entries()) {
    const told = {number: index + 1, book: step.book, command: step.command};
    if (step.impossible !== undefined) {
      tell({...told, status: 'impossible', output: '', changed: [], why: step.impossible, seconds: 0});
      continue;
    }
    const started = performance.now();
    const {code, output} = await shell.run(step.command);
    const seconds = (performance.now() - started) / 1000;
    const after = await look(shell);
    const good = code === 0 || step.mayFail === true;
    tell({
      ...told,
      status: good ? 'done' : 'failed',
      output: output.slice(-4000),
      changed: [...changes(before, after), ...(step.says ?? [])],
      ...(!good && {why: `it ended with exit code ${code}`}),
      seconds,
    });
    before = after;
  }
}

interface Planned {
  readonly book: string;
  readonly command: string;
  readonly impossible?: string;
  /** It shows a failure on purpose. */
  readonly mayFail?: boolean;
  readonly says?: readonly string[];
}

function stepsOf(hasPip: boolean): readonly Planned[] {
  const noPip = 'this python3 has no ensurepip, so there is no pip in the environment (Debian: python3-venv)';
  return [
    {
      book: 'virtualenv --no-site-packages dns',
      command: `python3 -m venv ${hasPip ? '' : '--without-pip '}dns`,
      says: ['dns/ has a python of its own, and pyvenv.cfg; --no-site-packages is the default today'],
    },
    {book: 'cd dns/', command: 'cd dns/'},
    {book: 'source ./bin/activate', command: '. ./bin/activate'},
    {
      book: 'python -c xxx',
      command: 'python -c "import xxx"',
      mayFail: true,
      says: ['before it is installed: ModuleNotFoundError'],
    },
    {
      book: 'pip install xxx',
      command: 'python -m pip --isolated --disable-pip-version-check install --no-index --find-links .. xxx',
      ...(!hasPip && {impossible: noPip}),
    },
    {
      book: 'python -c xxx',
      command: 'python -c "import xxx; print(xxx.greeting())"',
      ...(!hasPip && {impossible: 'xxx could not be installed'}),
    },
    {book: 'deactivate', command: 'deactivate'},
    {
      book: 'python -c xxx',
      command: 'python3 -c "import xxx"',
      mayFail: true,
      says: ['outside there is no xxx: it is in the environment only'],
    },
  ];
}

/** What the shell and its Python say of themselves. */
async function look(shell: ShellSession): Promise<Surroundings> {
  const asked = await shell.run(
    'pwd; printenv VIRTUAL_ENV || echo; command -v python || command -v python3; $(command -v python || command -v python3) -c "$WIREBOOK_LOOK" 2>&1',
  );
  const [folder = '', environment = '', python = '', prefix = '', packages = ''] = asked.output.split('\n');
  return {folder, environment, python, prefix, packages};
}

function changes(before: Surroundings, after: Surroundings): string[] {
  const names = {
    folder: 'directory',
    environment: 'VIRTUAL_ENV',
    python: 'python',
    prefix: 'sys.prefix',
    packages: 'packages',
  } as const;
  const keys = Object.keys(names) as (keyof Surroundings)[];
  return keys
    .filter(key => before[key] !== after[key])
    .map(key => `${names[key]}: ${before[key] || 'none'} → ${after[key] || 'none'}`);
}

/** A wheel is a zip file (PEP 427); Python can write one without any package. */
const wheelMaker = `import zipfile
with zipfile.ZipFile('xxx-1.0-py3-none-any.whl', 'w') as wheel:
    wheel.writestr('xxx.py', "import sys\\n\\n\\ndef greeting():\\n    return 'xxx is here, in ' + sys.prefix\\n")
    wheel.writestr('xxx-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: xxx\\nVersion: 1.0\\n')
    wheel.writestr('xxx-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\\nGenerator: wirebook\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr('xxx-1.0.dist-info/RECORD', 'xxx.py,,\\nxxx-1.0.dist-info/METADATA,,\\nxxx-1.0.dist-info/WHEEL,,\\nxxx-1.0.dist-info/RECORD,,\\n')
`;
