import {spawn} from 'node:child_process';
import {accessSync, constants} from 'node:fs';
import {delimiter, join} from 'node:path';

/** A program that takes the clipboard's new contents on its standard input. */
export interface CopyTool {
  readonly program: string;
  readonly args: readonly string[];
  /** Default UTF-8; clip.exe takes anything beyond ASCII only as UTF-16 with a byte order mark. */
  readonly utf16?: boolean;
}

const windowsTool: CopyTool = {program: 'clip.exe', args: [], utf16: true};

type Environment = Readonly<Record<string, string | undefined>>;

/** The programs that could reach the user's clipboard from here, best first. Over SSH there are none: it is another machine's. */
export function toolsFor(env: Environment, platform: NodeJS.Platform): readonly CopyTool[] {
  if (env.SSH_CONNECTION || env.SSH_TTY) return [];
  if (platform === 'darwin') return [{program: 'pbcopy', args: []}];
  if (platform === 'win32') return [windowsTool];
  const tools: CopyTool[] = [];
  if (env.WAYLAND_DISPLAY) tools.push({program: 'wl-copy', args: []});
  if (env.DISPLAY)
    tools.push(
      {program: 'xclip', args: ['-selection', 'clipboard']},
      {program: 'xsel', args: ['--input', '--clipboard']},
    );
  if (env.WSL_DISTRO_NAME) tools.push(windowsTool);
  return tools;
}

/** Whether the program is an executable file in the PATH. */
export function isInPath(program: string, env: Environment): boolean {
  return (env.PATH ?? '').split(delimiter).some(folder => {
    if (folder === '') return false;
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Runs the tool; false when it cannot start, fails, or has not ended after `limit` milliseconds (then it is killed). */
export async function runTool({program, args, utf16 = false}: CopyTool, text: string, limit = 2000): Promise<boolean> {
  return new Promise(resolve => {
    // Its outputs are not read: xclip stays behind as a server and would keep them open. Detached, so that the server
    // outlives this terminal's hang-up.
    const child = spawn(program, args, {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
      timeout: limit,
      killSignal: 'SIGKILL',
    });
    child.once('error', () => resolve(false));
    child.once('exit', code => resolve(code === 0));
    child.stdin.on('error', () => {});
    child.stdin.end(utf16 ? Buffer.from(`\ufeff${text}`, 'utf16le') : text);
  });
}
