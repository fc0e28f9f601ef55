import type {Equivalent} from '../contract.ts';
import type {FramingAsk} from './framing-fields.ts';

export function framingEquivalents(_ask: FramingAsk): readonly Equivalent[] {
  return [{language: 'shell', code: 'wirebook data framing\n'}];
}
