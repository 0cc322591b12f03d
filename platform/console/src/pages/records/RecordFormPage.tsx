import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Col, Form, Row as Columns, Space, Spin } from 'antd';
import type { TFunction } from 'i18next';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { ApiError } from '../../api/client';
import { inputsFor, wholeOf } from '../../api/compound';
import { isReference, propertyName } from '../../api/fields';
import { allowedBeside, remaining } from '../../api/picklist';
import { besideType, choicesOfType, initialType, layoutOf, RECORD_TYPE, typeOf } from '../../api/recordTypes';
import { createRow, getRow, updateRow } from '../../api/odata';
import type { FieldDescription, ObjectDescription, Row } from '../../api/types';
import { useObject, useRights } from '../../app/model';
import { FieldInput } from '../../components/FieldInput';
import { Problem, useTell } from '../../components/Problem';
import { PolymorphicControl } from './PolymorphicControl';
import { ChooseRecordType } from './ChooseRecordType';
import { BlockedByDuplicates, FoundDuplicates, isBlocked, rulesToConfirm } from './duplicates';
import { LockReason, useLock } from './LockControls';
import { defaults, sent, stateOf, takesValue } from './formState';
import { isHeld } from './locks';
import { useFormState } from './useFormState';

export function RecordFormPage() {
  const { t } = useTranslation();
  const { object: name, id } = useParams();
  const object = useObject(name);
  const navigate = useNavigate();
  const [preset, setPreset] = useSearchParams();
  const row = useQuery({
    queryKey: ['row', name, id, 'form'],
    queryFn: () => getRow(object.data!, id!),
    enabled: !!object.data && !!id,
    staleTime: 0,
    gcTime: 0,
  });
  const rights = useRights(object.data, row.data?.id, row.data?.version);
  const lock = useLock(name, id);
  const error = object.error ?? row.error ?? lock.error;
  if (error) return <Problem error={error} />;
  if (!object.data || (id && (!row.data || !rights || !lock.data))) return <Spin />;
  if (id && !rights?.edit) return <Alert type="warning" showIcon title={t('record.mayNotEdit')} />;
  if (id && isHeld(lock.data, rights)) return <Alert type="warning" showIcon title={<LockReason state={lock.data} rights={rights} />} />;
  if (!id && !preset.has(RECORD_TYPE) && choicesOfType(object.data, null).length > 1) {
    const chosen = (type: string) => setPreset((before) => ({ ...Object.fromEntries(before), [RECORD_TYPE]: type }), { replace: true });
    return <ChooseRecordType object={object.data} chosen={chosen} cancel={() => navigate(-1)} />;
  }
  return (
    <RecordForm
      key={`${name}/${id ?? 'new'}/${row.data?.version ?? 0}`}
      object={object.data}
      row={row.data ?? null}
      reload={() => void row.refetch()}
    />
  );
}

const writable = (field: FieldDescription) =>
  field.editable && !field.readOnly && !['formula', 'rollUp', 'autoNumber', 'derived'].includes(field.type);

function RecordForm({
  object,
  row,
  reload,
}: {
  object: ObjectDescription;
  row: Row | null;
  reload: () => void;
}) {
  const { t } = useTranslation();
  const tell = useTell();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [preset] = useSearchParams();
  const [form] = Form.useForm();
  const [error, setError] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  const fields = new Map(object.fields.map((f) => [f.name, f]));
  const typeField = fields.get(RECORD_TYPE);
  const typeChoices = choicesOfType(object, row).map((type) => type.key);
  // Who creates a record says its type, also where he may not change it later.
  const choosesType = !!typeField && !!object.recordTypes && typeChoices.length > 1 && (!row || writable(typeField));
  const chosenType = Form.useWatch<string | undefined>(RECORD_TYPE, form);
  const type = (choosesType ? chosenType : null) ?? (row ? typeOf(object, row) : (preset.get(RECORD_TYPE) ?? initialType(object)));
  const layout = layoutOf(object, type);
  const inLayout = new Set(layout.sections.flatMap((s) => s.fields));
  // A required field that no section shows would make saving impossible: it gets a section of its own.
  const missing = object.fields.filter(
    (f) =>
      f.name !== RECORD_TYPE &&
      (f.required || f.when.includes('required')) &&
      !f.hasDefault &&
      inputsFor(f, object.fields).some(writable) &&
      !f.system &&
      !inLayout.has(wholeOf(f)),
  );
  const sections = [
    ...layout.sections,
    ...(missing.length > 0 ? [{ name: '_required', label: object.label, columns: 2, fields: [...new Set(missing.map(wholeOf))] }] : []),
  ];
  const initial = Object.fromEntries(
    object.fields.map((f) => [
      f.name,
      row ? row[propertyName(f)] : isReference(f) || f.name === RECORD_TYPE ? (preset.get(f.name) ?? undefined) : undefined,
    ]),
  );

  /** Each item of a layout with its inputs: several where the field has several values. */
  const controlsOf = (names: string[]) =>
    names.flatMap((name) => {
      const field = fields.get(name);
      const inputs = field && name !== RECORD_TYPE ? inputsFor(field, object.fields).filter(writable) : [];
      return field && inputs.length > 0 ? [{ field, inputs }] : [];
    });
  const shown = [...(choosesType ? [typeField] : []), ...sections.flatMap((section) => controlsOf(section.fields)).flatMap((control) => control.inputs)];
  const given = (field: FieldDescription) => form.isFieldTouched(field.name) || (!row && preset.has(field.name));
  const [typed, setTyped] = useState(() => sent(shown, initial, (field) => !row && preset.has(field.name)));
  const states = useFormState(object, row, typed);
  useEffect(() => {
    if (row) return;
    // What comes from here is not touched, so it is not sent.
    form.setFields(Object.entries(defaults(shown, states, given)).map(([name, value]) => ({ name, value, touched: false })));
  }, [states]);

  const typeNow = () => (choosesType ? (form.getFieldValue(RECORD_TYPE) as string | null | undefined) : null) ?? type;
  const beside = (field: FieldDescription) =>
    besideType(
      field,
      typeNow(),
      allowedBeside(field, object.fields, (other) =>
        writable(other) && shown.includes(other) ? (form.getFieldValue(other.name) ?? initial[other.name]) : row?.[other.name],
      ),
    );
  /** Values that do not go with what was just chosen are taken out, field by field along what depends on what. */
  const dropUnallowed = (changed: string[]) => {
    for (const field of shown.filter((f) => (f.dependsOn && changed.includes(f.dependsOn)) || (f.ofTypes && changed.includes(RECORD_TYPE)))) {
      const kept = remaining(form.getFieldValue(field.name), beside(field));
      if (kept !== undefined) {
        form.setFields([{ name: field.name, value: kept, touched: true }]);
        dropUnallowed([field.name]);
      }
    }
  };

  const retype = () => setTyped(sent(shown, form.getFieldsValue() as Record<string, unknown>, given));

  const submit = async (values: Record<string, unknown>, confirmed: string[] = []) => {
    setSaving(true);
    setError(null);
    const changes = sent(shown, values, (field) => given(field) && takesValue(field, states));
    try {
      const saved = row ? await updateRow(object.name, row, changes, confirmed) : await createRow(object.name, changes, confirmed);
      await queries.invalidateQueries();
      tell.done(t('common.saved'));
      navigate(`/o/${object.name}/${saved.id}`, { replace: true });
    } catch (failure) {
      const rules = rulesToConfirm(failure);
      if (rules.length > 0) {
        tell.modal.confirm({
          title: (failure as ApiError).message,
          content: <FoundDuplicates error={failure as ApiError} />,
          width: 640,
          okText: t('record.saveAnyway'),
          okButtonProps: { 'data-testid': 'save-anyway' },
          cancelText: t('common.cancel'),
          onOk: () => void submit(values, [...confirmed, ...rules]),
        });
        return;
      }
      setError(failure);
      showAtFields(failure);
    } finally {
      setSaving(false);
    }
  };

  const showAtFields = (failure: unknown) => {
    if (!(failure instanceof ApiError)) return;
    const marks = (failure.problem.errors ?? []).flatMap((detail) => {
      const pointed = detail.pointer.replace(/^\//, '');
      const field = object.fields.find((f) => f.name === pointed || propertyName(f) === pointed);
      const input = field && inputsFor(field, object.fields)[0];
      return input ? [{ name: input.name, errors: [detail.detail] }] : [];
    });
    form.setFields(marks);
    if (marks[0]) form.scrollToField(marks[0].name, { block: 'center' });
  };

  const stale = error instanceof ApiError && error.problem.code === 'records.stale-version';
  const title = row
    ? t('record.editTitle', { title: String(row[object.titleField] ?? object.label) })
    : t('record.newTitle', { object: object.label });
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={initial}
      onFinish={(values) => void submit(values)}
      onValuesChange={(changed: Record<string, unknown>) => {
        dropUnallowed(Object.keys(changed));
        retype();
      }}
      scrollToFirstError
    >
      <div className="tn-page-head">
        <h1>{title}</h1>
        <Space>
          <Button onClick={() => navigate(-1)}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={saving} data-testid="save">
            {t('common.save')}
          </Button>
        </Space>
      </div>
      {stale ? (
        <Card size="small" style={{ marginBottom: 16, borderColor: '#faad14' }}>
          <Space wrap>
            {t('record.stale')}
            <Button size="small" onClick={reload}>
              {t('record.reload')}
            </Button>
          </Space>
        </Card>
      ) : (
        <div style={{ marginBottom: error ? 16 : 0 }}>
          {isBlocked(error) ? <BlockedByDuplicates error={error} /> : <Problem error={error} />}
        </div>
      )}
      {choosesType && (
        <Card size="small" style={{ marginBottom: 16 }}>
          <Form.Item name={RECORD_TYPE} label={typeField.label} required style={{ marginBottom: 0, maxWidth: 420 }}>
            <FieldInput field={typeField} stored={(row?.[RECORD_TYPE] as string | null | undefined) ?? null} beside={typeChoices} />
          </Form.Item>
        </Card>
      )}
      {sections.map((section) => {
        const controls = controlsOf(section.fields);
        const inputs = controls.flatMap((control) => control.inputs);
        if (inputs.length === 0) return null;
        const state = (field: FieldDescription) => stateOf(field, states);
        // What is hidden stays mounted: what was typed is back when the condition is.
        const hidden = (invisible: boolean) => (invisible ? { display: 'none' } : {});
        return (
          <Card
            key={section.name}
            title={section.label}
            size="small"
            style={{ marginBottom: 16, ...hidden(inputs.every((field) => !state(field).visible)) }}
          >
            <Columns gutter={24}>
              {controls.map(({ field: whole, inputs: own }) => (
                <Col
                  key={whole.name}
                  xs={24}
                  md={24 / Math.max(1, section.columns)}
                  style={hidden(own.every((field) => !state(field).visible))}
                >
                  <Control whole={whole} inputs={own} changed={retype}>
                    {(field) => (
                      <Form.Item
                        key={field.name}
                        name={field.name}
                        label={labelIn(whole, field, t)}
                        tooltip={field === whole ? (field.help ?? undefined) : undefined}
                        // Fields with a default or filled by a trigger may stay empty here; the server has the last word.
                        required={state(field.part?.role === 'target' ? whole : field).required && !field.hasDefault}
                      >
                        <FieldInput
                          field={field}
                          object={object.name}
                          form={{ id: row?.id ?? null, values: typed }}
                          referenceLabel={referenceLabel(field, row)}
                          stored={(row?.[field.name] as string | null | undefined) ?? null}
                          beside={beside(field)}
                          disabled={state(field).readOnly || (!!field.fixed && !!row)}
                        />
                      </Form.Item>
                    )}
                  </Control>
                </Col>
              ))}
            </Columns>
          </Card>
        );
      })}
    </Form>
  );
}

/** The inputs of one item of a layout; those of a field of several values stand together under its name. */
function Control({
  whole,
  inputs,
  changed,
  children,
}: {
  whole: FieldDescription;
  inputs: FieldDescription[];
  changed: () => void;
  children: (field: FieldDescription) => ReactNode;
}) {
  if (!whole.parts) return <>{inputs.map(children)}</>;
  const group = whole.type === 'polymorphicLookup' ? (
    <PolymorphicControl whole={whole} inputs={inputs} changed={changed}>
      {children}
    </PolymorphicControl>
  ) : (
    <Columns gutter={8}>
      {inputs.map((field) => (
        <Col key={field.name} xs={24} md={field.part?.role === 'street' ? 24 : 12}>
          {children(field)}
        </Col>
      ))}
    </Columns>
  );
  return whole.type === 'currency' ? (
    group
  ) : (
    <fieldset style={{ border: 0, padding: 0, margin: 0 }} data-testid={`compound-${whole.name}`}>
      <legend style={{ marginBottom: 4, fontSize: 14 }} title={whole.help ?? undefined}>
        {whole.label}
      </legend>
      {group}
    </fieldset>
  );
}

/** A part's own name is enough where its whole is named above it. */
const labelIn = (whole: FieldDescription, field: FieldDescription, t: TFunction) =>
  whole.parts && field.part ? t(`record.parts.${field.part.role}`) : field.label;

function referenceLabel(field: FieldDescription, row: Row | null): string | undefined {
  const parent = row?.[field.name] as Row | null | undefined;
  const title = field.targetTitle;
  return isReference(field) && parent && title ? String(parent[title] ?? '') || undefined : undefined;
}
