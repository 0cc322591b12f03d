import { Select } from 'antd';
import type { Choice } from '../api/odata';
import type { Row } from '../api/types';
import { BesideTitle } from './BesideTitle';
import { useChoices, type Option } from './useChoices';

/** Chooses any number of records of another object; each is taken out by itself. */
export function LinksInput({
  target,
  value,
  onChange,
  id,
  choice,
  shown,
}: {
  target: string;
  value?: Row[] | null;
  onChange?: (rows: Row[]) => void;
  id?: string;
  choice?: Choice;
  shown?: string[];
}) {
  const choices = useChoices(target, choice, shown ?? []);
  const chosen = (value ?? []).map(choices.option);
  const options: Option[] = [...chosen, ...choices.options.filter((option) => !chosen.some((one) => one.value === option.value))];
  return (
    <Select
      id={id}
      mode="multiple"
      style={{ width: '100%' }}
      allowClear
      showSearch={{ filterOption: false, onSearch: choices.setTyped }}
      value={chosen.map((one) => one.value)}
      options={options}
      optionRender={(option) => <BesideTitle option={option} />}
      loading={choices.loading}
      onChange={(next: string[]) =>
        onChange?.(
          next.map(
            (one) =>
              (value ?? []).find((row) => row.id === one) ??
              ({ id: one, version: 0, [choices.title]: options.find((option) => option.value === one)?.label } as Row),
          ),
        )
      }
    />
  );
}
