export function remarked({ record, records }) {
  record.remark = "Offer for " + records.find("office__Candidate", record.candidate).name;
}

export function told({ record }) {
  console.log("saved", record.remark);
}
