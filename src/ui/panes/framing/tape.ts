import type {DecoderState, FramingState} from '../../../chapters/data/framing-state.ts';
import type {Surface} from '../../../terminal/surface.ts';
import type {HexBytes, HexField} from '../../parts/hex-fields.ts';
import {hexPart} from '../../parts/hex-grid.ts';
import {bases, byteX, hexFixedRows, hexLayout} from '../../parts/hex-layout.ts';
import type {PaneModel, Part, PartModel} from '../../view.ts';
import {chosenOf} from './chosen.ts';

/** The bytes, coloured by the frames of the chosen decoder; a bar stands where a chunk ends. */
export const tapePart: Part<FramingState> = withEdges(
  hexPart<FramingState>({
    id: 'tape',
    title: ({state}) => `Stream: ${state.received} of ${state.length} bytes received${state.eof ? ', ended' : ''}`,
    bytes: streamBytes,
    fields: tapeFields,
    empty: () => 'The stream has no bytes.',
    linked(model) {
      const frame = model.focus === 'frames' ? chosenOf(model)?.frames[model.cursors['frames'] ?? -1] : undefined;
      if (frame === undefined) return undefined;
      return model.cursor >= frame.start && model.cursor < frame.end ? model.cursor : frame.start;
    },
    highlight(model) {
      const frames = chosenOf(model)?.frames ?? [];
      if (model.focus === 'frames') return frames[model.cursors['frames'] ?? -1];
      return frames.find(({start, end}) => model.cursor >= start && model.cursor < end);
    },
    explain(model) {
      const field = tapeFields(model).findLast(({start, end}) => model.cursor >= start && model.cursor < end);
      return field === undefined ? undefined : {title: field.label, says: field.says};
    },
  }),
);

export function streamBytes({state, journal}: PaneModel<FramingState>): HexBytes {
  const {bytes} = state;
  const held = bytes === undefined ? undefined : journal.bytesOf({bytes});
  return held === undefined ? nothing : {length: held.length, at: (start, end) => held.subarray(start, end)};
}

const nothing: HexBytes = {length: 0, at: () => new Uint8Array(0)};

interface TapeField extends HexField {
  readonly says: string;
}

const known = new WeakMap<
  DecoderState,
  {readonly length: number; readonly received: number; readonly fields: readonly TapeField[]}
>();

/** Frames, what their headers say within them, the frame under way, the byte that is wrong, and what has not come. */
export function tapeFields(model: PaneModel<FramingState>): readonly TapeField[] {
  const decoder = chosenOf(model);
  if (decoder === undefined) return [];
  const {length, received} = model.state;
  const last = known.get(decoder);
  if (last?.length === length && last.received === received) return last.fields;
  const fields = [
    ...decoder.frames.flatMap((frame, index) => [
      {
        start: frame.start,
        end: frame.end,
        label: `frame ${frame.number}`,
        role: frameRoles[index % frameRoles.length]!,
        says: frame.because ?? '',
      },
      ...(frame.fields ?? []).map(({name, start, end, value, meaning}) => ({
        start,
        end,
        label: `frame ${frame.number}, ${name}`,
        role: 'strong' as const,
        says: `${name} is ${String(value)}: ${meaning}`,
      })),
    ]),
    ...decoder.skipped.map(({start, end}) => ({
      start,
      end,
      label: 'passed over',
      role: 'dim' as const,
      says: 'These bytes were passed over on the way to the next frame.',
    })),
    ...restOf(decoder, received, length),
  ].sort((one, other) => one.start - other.start || other.end - one.end);
  known.set(decoder, {length, received, fields});
  return fields;
}

const frameRoles = ['field0', 'field1', 'field2', 'field3', 'field4'] as const;

function restOf({verdict}: DecoderState, received: number, length: number): TapeField[] {
  const rest: TapeField[] = [];
  const {state, start, have, offset, because = ''} = verdict ?? {};
  if (state === 'malformed' && offset !== undefined && offset < length)
    rest.push({start: offset, end: offset + 1, label: 'malformed from here', role: 'bad', says: because});
  else if (state === 'ended' && offset !== undefined && offset < received)
    rest.push({start: offset, end: received, label: 'somebody else’s', role: 'dim', says: because});
  else if (start !== undefined && have !== undefined && have > 0)
    rest.push({start, end: start + have, label: 'frame under way', role: 'warn', says: because});
  if (received < length)
    rest.push({
      start: received,
      end: length,
      label: 'not received yet',
      role: 'dim',
      says: 'recv() has not given these bytes yet.',
    });
  return rest;
}

/** Draws a bar behind the last byte of each chunk that came, and a fainter one where the next will be cut. */
function withEdges(part: Part<FramingState>): Part<FramingState> {
  return {
    ...part,
    jump: ({state}) => state.jump,
    paint(surface, model) {
      part.paint(surface, model);
      paintEdges(surface, model);
    },
    grabs: (key, model) => key === 'c' || part.grabs?.(key, model) === true,
    press: (key, model) => (key === 'c' ? {action: 'cut', args: {offset: model.cursor}} : part.press?.(key, model)),
  };
}

function paintEdges(surface: Surface, model: PartModel<FramingState>): void {
  const {state, theme, top, kept} = model;
  const layout = hexLayout(model.size.width, streamBytes(model).length, bases[kept['base'] ?? 0] ?? bases[0]);
  const {ruler, status} = hexFixedRows(surface.height);
  const rows = surface.height - ruler - status;
  const first = top - (top % layout.perRow);
  const draw = (edges: readonly number[], role: 'warn' | 'dim') => {
    for (const edge of edges) {
      const at = edge - 1 - first;
      if (at < 0 || at >= rows * layout.perRow) continue;
      const x = byteX(layout, at % layout.perRow) + layout.base.digits;
      surface.text(x, ruler + Math.floor(at / layout.perRow), theme.glyphs.vertical, theme.roles[role]);
    }
  };
  draw(
    state.edges.filter(edge => edge > state.received),
    'dim',
  );
  draw(state.came, 'warn');
}
