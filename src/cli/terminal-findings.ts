import {WriteStream} from 'node:tty';
import type {Finding} from './doctor.ts';
import {findTool} from './find-tool.ts';
import type {Io} from './io.ts';

/** What the terminal, or the lack of one, allows. */
export function terminalFindings({interactive, stdout, env}: Io): readonly Finding[] {
  const {columns, rows} = stdout as {columns?: number; rows?: number};
  const size = columns === undefined ? '' : `, ${columns} × ${rows} cells`;
  return [
    {
      id: 'terminal',
      title: 'Terminal',
      present: interactive,
      detail: interactive ? `${env.TERM ?? 'TERM is not set'}${size}` : 'input or output is not a terminal.',
      without: 'the explorer; commands print text',
    },
    colourFinding(env),
    localeFinding(env),
    clipboardFinding(env),
  ];
}

function colourFinding(env: Io['env']): Finding {
  const depth = WriteStream.prototype.getColorDepth(env as NodeJS.ProcessEnv);
  const levels: Readonly<Record<number, string>> = {1: 'none', 4: '16 colours', 8: '256 colours', 24: 'true colour'};
  const detail = env.NO_COLOR ? 'NO_COLOR is set.' : (levels[depth] ?? `${depth} bits`);
  return {id: 'colour', title: 'Colour', present: depth > 1, detail, without: 'signs and words alone: nothing is lost'};
}

/** POSIX: LC_ALL beats LC_CTYPE beats LANG. */
function localeFinding(env: Io['env']): Finding {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  const present = /utf-?8/i.test(locale);
  const detail = locale === '' ? 'no locale is set.' : locale;
  return {id: 'unicode', title: 'Unicode', present, detail, without: 'lines and plots may need the setting ascii'};
}

const clipboardTools = ['wl-copy', 'xclip', 'xsel', 'pbcopy', 'clip.exe'];

function clipboardFinding(env: Io['env']): Finding {
  const found = clipboardTools.map(name => findTool(name, env)).find(path => path !== undefined);
  return {
    id: 'clipboard',
    title: 'Clipboard tool',
    present: found !== undefined,
    detail: found ?? `none of ${clipboardTools.join(', ')}.`,
    without: 'copying goes through the terminal (OSC 52), or to a file',
  };
}
