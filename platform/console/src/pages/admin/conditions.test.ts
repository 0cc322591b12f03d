import { describe, expect, it } from 'vitest';
import type { ElementDescription, ElementProperty } from '../../api/types';
import { conditionChange, isCondition, objectOf } from './conditions';

const element: ElementDescription = { key: 'field:recruiting__Application/rating', type: 'field', name: 'rating', origin: 'recruiting', properties: [] };

const property = (value: string | null, ...layers: string[]): ElementProperty => ({
  name: 'visibleWhen',
  value,
  layer: layers[layers.length - 1] ?? '',
  changeable: true,
  chain: layers.map((layer) => ({ layer, value, file: '', line: 0 })),
});

describe('a condition of a field', () => {
  it('is set where there was none or another one', () => {
    const change = { op: 'set', element: element.key, property: 'visibleWhen', value: "stage == 'hired'" };
    expect(conditionChange(element, property(null), " stage == 'hired' ")).toEqual(change);
    expect(conditionChange(element, property('true', 'recruiting'), "stage == 'hired'")).toEqual(change);
  });

  it('is taken back from a product, and just goes where only the own layer says it', () => {
    expect(conditionChange(element, property('true', 'recruiting', 'custom'), '')).toMatchObject({ op: 'set', value: null });
    expect(conditionChange(element, property('true', 'custom'), ' ')).toMatchObject({ op: 'reset' });
  });

  it('is left alone where nothing changes', () => {
    expect(conditionChange(element, property(null), '')).toBeNull();
    expect(conditionChange(element, property('true', 'custom'), 'true')).toBeNull();
  });

  it('belongs to an object and is known by its name', () => {
    expect(objectOf(element)).toBe('recruiting__Application');
    expect(isCondition(element, 'visibleWhen')).toBe(true);
    expect(isCondition(element, 'label')).toBe(false);
  });
});
