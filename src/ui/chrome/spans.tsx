import {Text} from 'ink';
import type {ReactNode} from 'react';
import {sgr} from '../../terminal/style.ts';
import {drawingOf} from '../parts/drawing.ts';
import {plainAscii, textOf} from '../parts/line.ts';
import type {Theme} from '../theme.ts';
import type {Line} from '../view.ts';

/** A line with roles as one Ink text, cut at the end and never wrapped. The grid reads the colours again from the codes. */
export function Spans({line, theme}: {readonly line: Line; readonly theme: Theme}): ReactNode {
  return <Text wrap="truncate">{ansiLine(line, theme)}</Text>;
}

/** The line with its codes. Whatever codes came inside the text itself are made visible: they are somebody else's. */
export function ansiLine(line: Line, theme: Theme): string {
  const {ascii} = drawingOf(theme);
  return line
    .map(span => {
      const text = textOf(span);
      const role = typeof span === 'string' ? 'plain' : span[1];
      return `${sgr(theme.roles[role], 3)}${ascii ? plainAscii(text) : text}\x1b[0m`;
    })
    .join('');
}
