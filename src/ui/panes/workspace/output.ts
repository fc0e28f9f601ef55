import type {WorkspaceState} from '../../../chapters/names/workspace-state.ts';
import type {PaneModel} from '../../view.ts';

export interface OutputLine {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

const made = new WeakMap<object, readonly OutputLine[]>();

/** What a command wrote, in lines; a line may come in pieces. What the journal has dropped is gone. */
export function outputLines({state: {outputs}, journal}: PaneModel<WorkspaceState>): readonly OutputLine[] {
  const known = made.get(outputs);
  if (known !== undefined) return known;
  const lines: OutputLine[] = [];
  for (const stream of ['stdout', 'stderr'] as const) {
    const pieces = outputs
      .filter(one => one.stream === stream)
      .map(({bytes}) => journal.bytesOf({bytes}) ?? new Uint8Array());
    if (pieces.length === 0) continue;
    const text = new TextDecoder().decode(Uint8Array.from(pieces.flatMap(piece => [...piece])));
    for (const line of text.replace(/\n$/, '').split('\n')) lines.push({stream, text: line});
  }
  made.set(outputs, lines);
  return lines;
}
