import { expect, it } from 'vitest';
import { fact } from '../../generator/facts/fact.js';
import { maxLength } from '../../generator/facts/max-length.js';
import { FACTS } from '../../generator/facts/registry.js';

it('a fact without one of its parts does not compile', () => {
  const { signature: _signature, ...rest } = maxLength;
  // @ts-expect-error signature is missing
  expect(fact(rest).key).toBe('maxLength');
});

it('each fact has a unique name', () => {
  expect(new Set(FACTS.map(({ key }) => key)).size).toBe(FACTS.length);
});
