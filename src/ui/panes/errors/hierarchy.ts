import type {ErrorsState} from '../../../chapters/data/errors.ts';
import {errorCase} from '../../../chapters/data/errors-cases.ts';
import {
  derivedFrom,
  lineageOf,
  type PythonClass,
  pythonAliases,
  pythonBases,
} from '../../../chapters/data/errors-python.ts';
import type {Line, PaneModel} from '../../view.ts';

/** The classes from Exception down, with the place of the one that Python raises; what catches it is bright. */
export function hierarchyLines(id: string | undefined, {state, theme}: PaneModel<ErrorsState>): readonly Line[] {
  if (id === undefined) return [[['No error is made of it here.', 'dim']]];
  const raised = state.errors[id]?.happened?.python?.class;
  const name = raised !== undefined && raised in pythonBases ? (raised as PythonClass) : errorCase(id).python.class;
  const lineage = new Set(lineageOf(name));
  const tree = branch('Exception', lineage, 0).map(([one, depth]): Line => {
    const aliases = pythonAliases[one];
    const here = one === name;
    const second = one === name ? otherBases(one) : '';
    return [
      [here ? `${theme.glyphs.selected} ` : '  ', 'accent'],
      ['  '.repeat(depth), 'dim'],
      [one, here ? 'accent' : lineage.has(one) ? 'strong' : 'dim'],
      [here ? ` ${theme.glyphs.left} this` : lineage.has(one) ? ' catches it too' : '', here ? 'accent' : 'dim'],
      [second, 'strong'],
      [aliases === undefined ? '' : ` (is ${aliases.slice(0, 1).join(', ')})`, 'dim'],
    ];
  });
  return tree;
}

/** Depth first: the classes of the lineage, and beside each the brothers of the one that is raised. */
function branch(name: PythonClass, lineage: ReadonlySet<PythonClass>, depth: number): [PythonClass, number][] {
  const below = derivedFrom(name).filter(one => lineage.has(one) || (lineage.has(name) && shownBeside(name)));
  return [[name, depth], ...below.flatMap(one => (firstBase(one) === name ? branch(one, lineage, depth + 1) : []))];
}

const firstBase = (name: PythonClass): string | undefined => pythonBases[name][0];

/** Exception has too many children to be a lesson. */
const shownBeside = (name: PythonClass): boolean => name !== 'Exception' && name !== 'BaseException';

function otherBases(name: PythonClass): string {
  const rest = pythonBases[name].slice(1);
  return rest.length === 0 ? '' : `, also ${rest.join(', ')}`;
}
