import type {DecoderState, FramingState} from '../../../chapters/data/framing-state.ts';
import type {PaneModel, PartModel} from '../../view.ts';

/** The decoder that is looked at: the one under the cursor while the list of them has the keys. */
export function chosenIndex(model: PaneModel<FramingState>): number {
  const here = model as Partial<PartModel<FramingState>>;
  return here.focus === 'decoders' ? (here.cursors?.['decoders'] ?? 0) : model.state.chosen;
}

export function chosenOf(model: PaneModel<FramingState>): DecoderState | undefined {
  return model.state.decoders[chosenIndex(model)];
}
