import { startingSalary } from "./starting-salary.js";

const noRecords = { find: () => null };

test("a shelf assistant of a convenience store starts at 4,200", () => {
  const record = { c__storeFormat: "convenience", c__storeGrade: "g1", salary: null };
  startingSalary({ record, before: null, records: noRecords });
  assert.equal(record.salary, 4200);
});

test("ten years in stores add a fifth, more years do not add more", () => {
  const veteran = { find: () => ({ c__storeExperience: 25 }) };
  const record = { c__storeFormat: "fresh", c__storeGrade: "g2", candidate: "x", salary: null };
  startingSalary({ record, before: null, records: veteran });
  assert.equal(record.salary, 7920);
});

test("an agreed salary stays when format and grade stay", () => {
  const record = { c__storeFormat: "fresh", c__storeGrade: "g2", salary: 9000 };
  startingSalary({ record, before: { c__storeFormat: "fresh", c__storeGrade: "g2", salary: 6600 }, records: noRecords });
  assert.equal(record.salary, 9000);
});
