import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { candidates, search, type Choice } from '../api/odata';
import { besideTitle } from '../api/choices';
import { useObject } from '../app/model';

/** Chooses a record of another object by its name; for a field with rules of its own, among those that these allow. */
export function ReferenceInput({
  target,
  value,
  onChange,
  initialLabel,
  id,
  disabled,
  choice,
  shown,
}: {
  target: string;
  value?: string | null;
  onChange?: (id: string | null) => void;
  initialLabel?: string;
  id?: string;
  disabled?: boolean;
  choice?: Choice;
  /** Fields shown beside the name. */
  shown?: string[];
}) {
  const object = useObject(target);
  const [typed, setTyped] = useState('');
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
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
  const options: { value: string; label: string; beside?: string }[] = (found.data ?? []).map((row) => ({
    value: row.id,
    label: String(row[title] ?? row.id),
    beside: besideTitle(object.data, shown ?? [], row),
  }));
  const label = chosen?.value === value ? chosen?.label : initialLabel;
  if (value && !options.some((option) => option.value === value)) options.unshift({ value, label: label ?? value });
  return (
    <Select
      id={id}
      style={{ width: '100%' }}
      allowClear
      disabled={disabled}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      value={value ?? undefined}
      options={options}
      optionRender={(option) => (
        <>
          {option.label}
          {option.data.beside && <div className="tn-muted">{option.data.beside}</div>}
        </>
      )}
      loading={found.isFetching}
      onChange={(next: string | undefined) => {
        const option = options.find((o) => o.value === next);
        setChosen(option ?? null);
        onChange?.(next ?? null);
      }}
    />
  );
}
