import {Text} from 'ink';
import type {ReactNode} from 'react';
import {sgr} from '../../terminal/style.ts';
import type {Theme} from '../theme.ts';
import type {Line} from '../view.ts';

/** A line with roles as one Ink text, cut at the end and never wrapped. The grid reads the colours again from the codes. */
export function Spans({line, theme}: {readonly line: Line; readonly theme: Theme}): ReactNode {
  const text = line.map(span => {
    const [words, role] = typeof span === 'string' ? ([span, 'plain'] as const) : span;
    return `${sgr(theme.roles[role], 3)}${words}\x1b[0m`;
  });
  return <Text wrap="truncate">{text.join('')}</Text>;
}
