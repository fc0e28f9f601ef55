import {patchedStyle} from '../../terminal/style.ts';
import type {Role, Roles, Theme} from '../theme.ts';
import type {Part} from '../view.ts';

/** Paints the last good answer dimmed while what is typed now is refused; the title says so where there is no dim. */
export function stalePart<State>(part: Part<State>, isStale: (state: State) => boolean): Part<State> {
  return {
    ...part,
    title: model => (isStale(model.state) ? `${part.title(model)} (before the mistake)` : part.title(model)),
    paint: (surface, model) =>
      part.paint(surface, isStale(model.state) ? {...model, theme: dimmed(model.theme)} : model),
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
