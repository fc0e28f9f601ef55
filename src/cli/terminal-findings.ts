import type {Finding} from './doctor.ts';
import type {Io} from './io.ts';

/** What the terminal, or the lack of one, allows. */
export async function terminalFindings({interactive, stdout, env}: Io): Promise<readonly Finding[]> {
  const [{colourLevel}, {toolsFor, isInPath}] = await Promise.all([
    import('../terminal/colour-level.ts'),
    import('../terminal/clipboard-tools.ts'),
  ]);
  const tools = toolsFor(env, process.platform).map(({program}) => program);
  const {columns, rows} = stdout as {columns?: number; rows?: number};
  const size = columns === undefined ? '' : `, ${columns} × ${rows} cells`;
  return [
    {
      id: 'terminal',
      title: 'Terminal',
      present: interactive,
      detail: interactive ? `${env['TERM'] ?? 'TERM is not set'}${size}` : 'input or output is not a terminal.',
      without: 'the explorer; commands print text',
    },
    colourFinding(colourLevel(env, true), env),
    localeFinding(env),
    clipboardFinding(
      tools.find(program => isInPath(program, env)),
      tools,
    ),
  ];
}

const colours = ['none', '16 colours', '256 colours', 'true colour'];

function colourFinding(level: number, env: Io['env']): Finding {
  const detail = env['NO_COLOR'] ? 'NO_COLOR is set.' : `${colours[level]}.`;
  return {id: 'colour', title: 'Colour', present: level > 0, detail, without: 'signs and words alone; nothing is lost'};
}

/** POSIX: LC_ALL beats LC_CTYPE beats LANG. */
function localeFinding(env: Io['env']): Finding {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  const detail = locale === '' ? 'no locale is set.' : `${locale}.`;
  return {
    id: 'unicode',
    title: 'Unicode',
    present: /utf-?8/i.test(locale),
    detail,
    without: 'lines and plots may need the setting ascii',
  };
}

function clipboardFinding(found: string | undefined, tools: readonly string[]): Finding {
  return {
    id: 'clipboard',
    title: 'Clipboard tool',
    present: found !== undefined,
    detail: found ?? (tools.length === 0 ? 'none for this desktop.' : `none of ${tools.join(', ')}.`),
    without: 'copying goes through the terminal (OSC 52), or to a file',
  };
}
