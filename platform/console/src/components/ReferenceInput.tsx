import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { search } from '../api/odata';
import { useObject } from '../app/model';

/** Chooses a record of another object by its name. */
export function ReferenceInput({
  target,
  value,
  onChange,
  initialLabel,
  id,
  disabled,
}: {
  target: string;
  value?: string | null;
  onChange?: (id: string | null) => void;
  initialLabel?: string;
  id?: string;
  disabled?: boolean;
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
    queryKey: ['reference', target, words],
    queryFn: () => search(object.data!, words, 20),
    enabled: !!object.data,
    staleTime: 20_000,
  });
  const title = object.data?.titleField ?? 'name';
  const options = (found.data?.value ?? []).map((row) => ({ value: row.id, label: String(row[title] ?? row.id) }));
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
      loading={found.isFetching}
      onChange={(next: string | undefined) => {
        const option = options.find((o) => o.value === next);
        setChosen(option ?? null);
        onChange?.(next ?? null);
      }}
    />
  );
}
