// Starting salaries of the chain, per month: by store format and grade.
const BASE = {
  hypermarket: { g1: 4800, g2: 7200, g3: 13500 },
  fresh: { g1: 4500, g2: 6600, g3: 11000 },
  convenience: { g1: 4200, g2: 5800, g3: 8800 },
};

// Each year in a store adds two per cent, up to a fifth.
const PER_YEAR = 0.02;
const MOST = 0.2;

/** Sets the salary of an offer from store format and grade, whenever one of them is set or changed. */
export function startingSalary({ record, before, records }) {
  if (before && before.c__storeFormat === record.c__storeFormat && before.c__storeGrade === record.c__storeGrade) {
    return;
  }
  const base = BASE[record.c__storeFormat]?.[record.c__storeGrade];
  if (base === undefined) {
    throw new UserError("There is no starting salary for this store format and grade.", { field: "c__storeGrade" });
  }
  const candidate = record.candidate ? records.find("recruiting__Candidate", record.candidate) : null;
  const years = candidate?.c__storeExperience ?? 0;
  record.salary = Math.round(base * (1 + Math.min(years * PER_YEAR, MOST)));
}
