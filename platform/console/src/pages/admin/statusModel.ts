import type { ElementDescription, ElementProperty } from '../../api/types';

/** Whether the property lists values of the picklist: those that may follow one, or that a record may begin with. */
export const isListOfValues = (element: ElementDescription, property: string) =>
  element.type === 'field' && (property === 'initial' || property.startsWith('transitions.'));

/** The properties of an element; those of a picklist with what nobody has said yet about its values. */
export function propertiesOf(element: ElementDescription, values: ElementDescription[]): ElementProperty[] {
  if (!element.properties.some((p) => p.name === 'type' && p.value === 'picklist')) return element.properties;
  const possible = ['initial', ...values.map((value) => `transitions.${keyOf(value)}`)];
  return [
    ...element.properties,
    ...possible
      .filter((name) => !element.properties.some((p) => p.name === name))
      .map((name) => ({ name, value: null, layer: '', changeable: true, chain: [] })),
  ];
}

/** The key of a value's element, `value:recruiting__Offer/status/draft`. */
export const keyOf = (value: ElementDescription) => value.key.split('/').pop()!;
