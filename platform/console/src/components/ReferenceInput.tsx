import { Select } from 'antd';
import { useState } from 'react';
import type { Choice } from '../api/odata';
import { BesideTitle } from './BesideTitle';
import { useChoices, type Option } from './useChoices';

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
  const choices = useChoices(target, choice, shown ?? []);
  const [chosen, setChosen] = useState<Option | null>(null);
  const options = [...choices.options];
  const label = chosen?.value === value ? chosen?.label : initialLabel;
  if (value && !options.some((option) => option.value === value)) options.unshift({ value, label: label ?? value });
  return (
    <Select
      id={id}
      style={{ width: '100%' }}
      allowClear
      disabled={disabled}
      showSearch={{ filterOption: false, onSearch: choices.setTyped }}
      value={value ?? undefined}
      options={options}
      optionRender={(option) => <BesideTitle option={option} />}
      loading={choices.loading}
      onChange={(next: string | undefined) => {
        const option = options.find((o) => o.value === next);
        setChosen(option ?? null);
        onChange?.(next ?? null);
      }}
    />
  );
}
