export function start({ record, parameters, records }) {
  records.update("plant__Pump", record.id, record.version, { flow: parameters.flow, running: true });
  return { message: "Started", values: { on: parameters.on, note: parameters.note, why: parameters.why } };
}

export function lasts({ record, parameters }) {
  if (parameters.unit === null && parameters.amount === 0) return { values: { value: null } };
  return { values: { value: parameters.unit === "m³" ? 250.5 : 0.25 } };
}

export function due() {
  return { values: { value: "2026-12-24" } };
}

export function meddle({ records }) {
  try {
    records.create("plant__Pump", { name: "made by a function" });
  } catch (refused) {
    return { values: { value: refused.code } };
  }
  return { values: { value: "written" } };
}

export function babble() {
  return { values: { value: "many" } };
}
