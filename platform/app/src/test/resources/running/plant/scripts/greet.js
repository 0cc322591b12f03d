// Says the name of the assembly, and what it was told.
export function greet({ record, parameters }) {
  return { message: "Hello " + record.name, values: { told: parameters.word ?? "nothing" } };
}
