import type {StructState} from '../../../chapters/data/struct.ts';
import {patchedStyle} from '../../../terminal/style.ts';
import type {Role, Roles, Theme} from '../../theme.ts';
import type {Part} from '../../view.ts';

/** Paints the last good answer dimmed while what is typed now is refused; the title says so where there is no dim. */
export function stale(part: Part<StructState>): Part<StructState> {
  return {
    ...part,
    title: model =>
      model.state.refused === undefined ? part.title(model) : `${part.title(model)} (before the mistake)`,
    paint: (surface, model) =>
      part.paint(surface, model.state.refused === undefined ? model : {...model, theme: dimmed(model.theme)}),
  };
}

const dimThemes = new WeakMap<Theme, Theme>();

function dimmed(theme: Theme): Theme {
  let made = dimThemes.get(theme);
  if (made === undefined) {
    const dim = (Object.keys(theme.roles) as Role[]).map(role => [
      role,
      role === 'cursor' ? theme.roles[role] : patchedStyle(theme.roles[role], {dim: true, bold: false}),
    ]);
    made = {...theme, roles: Object.fromEntries(dim) as Roles};
    dimThemes.set(theme, made);
  }
  return made;
}
