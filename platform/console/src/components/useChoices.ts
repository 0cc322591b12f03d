import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { besideTitle } from '../api/choices';
import { candidates, search, type Choice } from '../api/odata';
import type { Row } from '../api/types';
import { useObject } from '../app/model';

/** A record that may be chosen. */
export interface Option {
  value: string;
  label: string;
  beside?: string;
}

/** The records of an object that a picker offers for what is typed; for a field with rules of its own, those that these allow. */
export function useChoices(target: string, choice: Choice | undefined, shown: string[]) {
  const object = useObject(target);
  const [typed, setTyped] = useState('');
  const [words, setWords] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setWords(typed.trim()), 250);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useQuery({
    queryKey: ['reference', target, words, choice],
    queryFn: async () => (choice ? (await candidates(choice, words, 20)).items : (await search(object.data!, words, 20)).value),
    enabled: !!object.data,
    staleTime: 20_000,
  });
  const title = object.data?.titleField ?? 'name';
  const option = (row: Row): Option => ({
    value: row.id,
    label: String(row[title] ?? row.id),
    beside: besideTitle(object.data, shown, row),
  });
  return { title, options: (found.data ?? []).map(option), option, setTyped, loading: found.isFetching };
}
