import { expect, test } from 'vitest';
import type { ElementDescription } from '../../api/types';
import { isListOfTexts, isNumber, withPossible } from './typeProperties';

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
