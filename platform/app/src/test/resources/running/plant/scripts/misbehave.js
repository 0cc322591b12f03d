// Leaves a record behind that must go with the failed save, then does what the name of the device says.
export function misbehave({ record, records }) {
  records.create("plant__Site", { name: "left behind" });
  switch (record.name) {
    case "script loop":
      while (true) {}
    case "script throw":
      throw new Error("out of order");
    case "script eat": {
      const eaten = [];
      while (true) eaten.push(new Array(100000).fill(eaten.length + 0.5));
    }
    case "script misspell":
      record.prize = 1;
      break;
    case "script refuse":
      throw new UserError("This device is not for sale.", { field: "name" });
  }
}
