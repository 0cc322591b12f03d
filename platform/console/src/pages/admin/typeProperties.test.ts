import { expect, test } from 'vitest';
import type { ElementDescription } from '../../api/types';
import { isListOfTexts, isNumber, listValue, withPossible } from './typeProperties';

const field = (type: string): ElementDescription =>
  ({
    key: 'field:plant__Manual/cover',
    type: 'field',
    properties: [{ name: 'type', value: type, layer: 'plant', changeable: false, chain: [] }],
  }) as unknown as ElementDescription;

test('what an image may limit is offered before anybody has limited it', () => {
  const image = field('image');
  expect(withPossible(image, image.properties).map((p) => p.name)).toEqual(['type', 'accept', 'maxSize', 'maxWidth', 'maxHeight']);
  const text = field('text');
  expect(withPossible(text, text.properties)).toEqual(text.properties);
  expect(isNumber(image, 'maxSize')).toBe(true);
  expect(isListOfTexts(image, 'accept')).toBe(true);
});

test('targets of another layer’s lookup are only added to', () => {
  const targets = {
    name: 'targets',
    value: ['plant__Site', 'c__Place'],
    layer: 'custom',
    changeable: true,
    chain: [
      { layer: 'plant', value: ['plant__Site'], file: '', line: 0 },
      { layer: 'custom', value: { add: [{ object: 'c__Place', first: true }] }, file: '', line: 0 },
    ],
  };
  const theirs = { ...field('lookup'), origin: 'plant' };
  expect(isListOfTexts(theirs, 'targets')).toBe(true);
  expect(listValue(theirs, targets, ['plant__Site', 'c__Place', 'c__Road'])).toEqual({ add: ['c__Place', 'c__Road'] });
  expect(listValue(theirs, targets, ['c__Place'])).toEqual({ add: ['c__Place'] });
  expect(listValue(theirs, targets, ['plant__Site'])).toBeNull();
  expect(listValue({ ...theirs, origin: 'custom' }, targets, ['c__Road'])).toEqual(['c__Road']);
});
