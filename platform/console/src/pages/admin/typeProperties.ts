import type { ElementDescription, ElementProperty } from '../../api/types';
import { CHOICES } from './fieldChanges';

/** Properties that a field of a type may have beside those that somebody has set. */
const POSSIBLE: Record<string, string[]> = {
  encryptedText: ['mask'],
  file: ['accept', 'maxSize'],
  lookup: ['candidateFields', 'candidateFilter', 'circles'],
  masterDetail: ['candidateFields', 'candidateFilter', 'reparent'],
  manyToMany: ['inverseLabel', 'candidateFields', 'candidateFilter'],
  image: ['accept', 'maxSize', 'maxWidth', 'maxHeight'],
};

/** What duplicate rules do, and with which records. */
const RULE_CHOICES: Record<string, string[]> = { action: ['warn', 'block'], visibility: ['all', 'readable'] };
const OF_RULES = ['condition', 'message@zh-CN'];

const NUMBERS = ['maxSize', 'maxWidth', 'maxHeight'];
const LISTS = ['accept', 'candidateFields', 'targets'];

/** Whether the property is a number, also where nobody has set it. */
export const isNumber = (element: ElementDescription, property: string) => element.type === 'field' && NUMBERS.includes(property);

/** Whether the property is a list of any texts. */
export const isListOfTexts = (element: ElementDescription, property: string) => element.type === 'field' && LISTS.includes(property);

/** The value that a chosen list is set to: the targets of another layer's lookup are only added to. */
export function listValue(element: ElementDescription, property: ElementProperty, chosen: string[]): unknown {
  if (property.name !== 'targets' || element.origin === 'custom') return chosen.length > 0 ? chosen : null;
  const own = property.chain.flatMap((link) => (link.layer === 'custom' ? ((link.value as { add?: unknown[] } | null)?.add ?? []) : []));
  const added = new Set(own.map((entry) => (typeof entry === 'object' && entry ? (entry as { object: string }).object : String(entry))));
  const below = ((property.value as string[] | null) ?? []).filter((target) => !added.has(target));
  const more = chosen.filter((target) => !below.includes(target));
  return more.length > 0 ? { add: more } : null;
}

/** The values that a property may have, where these are few. */
export const choicesOf = (element: ElementDescription, property: string): string[] => {
  if (element.type === 'duplicateRule') return RULE_CHOICES[property] ?? [];
  return element.type === 'field' ? (CHOICES[property] ?? []) : [];
};

/** The element's properties with those of its type that nobody has set yet. */
export function withPossible(element: ElementDescription, properties: ElementProperty[]): ElementProperty[] {
  const type = String(element.properties.find((p) => p.name === 'type')?.value ?? '');
  const possible = element.type === 'field' ? (POSSIBLE[type] ?? []) : element.type === 'duplicateRule' ? OF_RULES : [];
  return [
    ...properties,
    ...possible
      .filter((name) => !properties.some((p) => p.name === name))
      .map((name) => ({ name, value: null, layer: '', changeable: true, chain: [] })),
  ];
}
