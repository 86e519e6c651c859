import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

type Info = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'variableValues'>;

/**
 * Whether the answer to the present field will hold `field` below one of the `paths`: what a page loads along with its
 * rows. Looks through fragments, whatever type they are on, and heeds @skip and @include.
 * `selects(info, [['nodes'], ['edges', 'node']], 'groups')`
 */
export function selects(info: Info, paths: readonly (readonly string[])[], field: string): boolean {
  return paths.some((path) => reaches(info, info.fieldNodes, [...path, field]));
}

function reaches(info: Info, nodes: readonly FieldNode[], [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return nodes.length > 0;
  return nodes.some(
    ({ selectionSet }) => selectionSet && reaches(info, [...fieldsNamed(info, selectionSet, name)], rest),
  );
}

function* fieldsNamed(info: Info, { selections }: SelectionSetNode, name: string): Generator<FieldNode> {
  for (const selection of selections) {
    if (!isIncluded(info, selection)) continue;
    if (selection.kind === 'Field') {
      if (selection.name.value === name) yield selection;
    } else {
      const fragment = selection.kind === 'InlineFragment' ? selection : info.fragments[selection.name.value];
      if (fragment) yield* fieldsNamed(info, fragment.selectionSet, name);
    }
  }
}

function isIncluded({ variableValues }: Info, selection: SelectionNode): boolean {
  if (!selection.directives?.length) return true;
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variableValues);
  if (skip?.['if'] === true) return false;
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variableValues);
  return include?.['if'] !== false;
}
