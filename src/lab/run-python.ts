import {execFile} from 'node:child_process';

/** What a program printed, or why it could not be run. */
export type PythonSaid = {readonly ok: true; readonly output: string} | {readonly ok: false; readonly why: string};

/** Runs one of our own programs in python3, if there is one; it has two seconds. */
export function runPython(program: string, signal: AbortSignal): Promise<PythonSaid> {
  return new Promise(done => {
    // -I: nothing of the user's own is imported.
    const options = {timeout: 2000, encoding: 'utf8', signal, killSignal: 'SIGKILL'} as const;
    execFile('python3', ['-I', '-c', program], options, (error, output) => {
      if (error === null) done({ok: true, output});
      else if (error.code === 'ENOENT') done({ok: false, why: 'python3 is not installed'});
      else done({ok: false, why: `python3 failed: ${error.message.split('\n')[0]}`});
    });
  });
}
