export function seal({ record, parameters, records }) {
  records.lock("plant__Deed", record.id, parameters.reason ?? undefined);
  const lock = records.findLock("plant__Deed", record.id);
  return { message: `${records.isLocked("plant__Deed", record.id)} ${lock.reason}` };
}

export function open({ record, records }) {
  records.unlock("plant__Deed", record.id);
  return { message: String(records.isLocked("plant__Deed", record.id)) };
}

export function touch({ record, records }) {
  records.update("plant__Deed", record.id, record.version, { title: "touched" });
}
