import { describe, expect, it } from 'vitest';
import type { ElementDescription, ElementProperty } from '../../api/types';
import { changeTo } from './conditions';
import { decidersOf, isListOfValues, propertiesOf } from './statusModel';

const property = (name: string, value: unknown, ...layers: string[]): ElementProperty => ({
  name,
  value,
  layer: layers[layers.length - 1] ?? '',
  changeable: true,
  chain: layers.map((layer) => ({ layer, value, file: '', line: 0 })),
});
const element = (key: string, ...properties: ElementProperty[]): ElementDescription => ({ key, type: key.split(':')[0]!, name: key, origin: 'plant', properties });
const values = ['open', 'done'].map((key) => element(`value:plant__Repair/state/${key}`));

describe('the status model of a picklist', () => {
  it('shows what nobody has said yet, so that it can be said', () => {
    const field = element('field:plant__Repair/state', property('type', 'picklist', 'plant'), property('transitions.open', ['done'], 'plant'));
    expect(propertiesOf(field, values).map((p) => p.name)).toEqual(['type', 'transitions.open', 'initial', 'transitions.done']);
    const text = element('field:plant__Repair/title', property('type', 'text', 'plant'));
    expect(propertiesOf(text, [])).toEqual(text.properties);
    expect(isListOfValues(field, 'transitions.done')).toBe(true);
    expect(isListOfValues(field, 'type')).toBe(false);
  });

  it('shows the values that another field decides about', () => {
    const all = [
      element('field:plant__Repair/state', property('type', 'picklist', 'plant')),
      ...values,
      element('field:plant__Repair/urgent', property('type', 'boolean', 'plant')),
      element('field:plant__Repair/title', property('type', 'text', 'plant')),
      element('field:plant__Device/state', property('type', 'picklist', 'plant')),
    ];
    const steps = element('field:plant__Repair/steps', property('type', 'multiPicklist', 'plant'), property('dependsOn', 'state', 'plant'));
    const deciders = decidersOf(steps, [...all, steps]);
    expect(deciders).toEqual([
      { name: 'state', values: ['open', 'done'] },
      { name: 'urgent', values: ['true', 'false'] },
    ]);
    expect(propertiesOf(steps, [], deciders).map((p) => p.name)).toEqual(['type', 'dependsOn', 'allowed.open', 'allowed.done']);
    expect(isListOfValues(steps, 'allowed.open')).toBe(true);
  });

  it('is changed value by value', () => {
    const field = element('field:plant__Repair/state');
    expect(changeTo(field, property('initial', null), ['open'])).toMatchObject({ op: 'set', value: ['open'] });
    expect(changeTo(field, property('initial', ['open'], 'plant'), ['open'])).toBeNull();
    expect(changeTo(field, property('initial', ['open'], 'plant'), null)).toMatchObject({ op: 'set', value: null });
    expect(changeTo(field, property('initial', ['open'], 'custom'), null)).toMatchObject({ op: 'reset' });
  });
});
