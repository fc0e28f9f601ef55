import type {StructState} from '../../../chapters/data/struct.ts';
import {mistakeLines} from '../../parts/mistake.ts';
import {textPart} from '../../parts/text.ts';
import type {Line} from '../../view.ts';

/** What Python raises, the place marked, and what to do about it. */
export const refusedPart = textPart<StructState>('refused', 'What Python says', ({state: {refused}}, cells) => {
  if (refused === undefined) return [];
  const {class: name, message} = refused;
  const says: Line = name === undefined ? [[message, 'bad']] : [[name, 'bad'], ': ', [message, 'strong']];
  return mistakeLines({...refused, says}, cells);
});
