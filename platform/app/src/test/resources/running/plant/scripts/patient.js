export function watch({ record }) {
  if (record.name === "told") record.remark = "seen " + record.insurance;
}

export function tell({ record, records }) {
  return { values: { value: record.insurance + " " + records.find("plant__Patient", record.id).insurance } };
}
