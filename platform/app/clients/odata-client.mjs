// A program with the client library "@odata/client": reads, makes, changes and deletes assemblies. Arguments: address, token.
import assert from "node:assert/strict";
import odata from "@odata/client";

const { OData, EdmV4 } = odata;
const [address, token] = process.argv.slice(2);
const connect = (headers = {}) =>
  OData.New4({
    serviceEndpoint: `${address}/odata/`,
    commonHeaders: { Authorization: `Bearer ${token}`, ...headers },
  });
const client = connect();
const assemblies = client.getEntitySet("plant__Assembly");

const made = await assemblies.create({
  name: "NC pump",
  code: "NC-1",
  startedAt: "2026-03-04T05:06:07Z",
  plant__AssemblyItem_assembly: [
    { title: "bolt", amount: 12 },
    { title: "seal", amount: 2 },
  ],
});
assert.equal(made["@odata.etag"], 'W/"1"');
const other = await assemblies.create({ name: "NC motor", above_id: made.id });

const id = EdmV4.Guid.from(made.id);
assert.equal((await assemblies.retrieve(id)).name, "NC pump");
assert.equal((await assemblies.retrieve({ code: "NC-1" })).id, made.id);

const found = await assemblies.query(
  client
    .newOptions()
    .filter(client.newFilter().field("startswith(name,'NC')").eq(true))
    .select(["name", "above_id"])
    .expand("above($select=code)")
    .orderby("name", "asc"),
);
assert.deepEqual(
  found.map((row) => [row.name, row.above?.code ?? null]),
  [
    ["NC motor", "NC-1"],
    ["NC pump", null],
  ],
);
assert.equal(await assemblies.count(client.newFilter().field("above_id").eq(id)), 1);

const items = client.getEntitySet("plant__AssemblyItem");
const groups = await items.query(
  client
    .newOptions()
    .apply("filter(assembly/code eq 'NC-1')/groupby((assembly/code),aggregate(amount with sum as all))"),
);
assert.deepEqual(groups, [{ assembly: { code: "NC-1" }, all: 14 }]);

await connect({ "If-Match": made["@odata.etag"] })
  .getEntitySet("plant__Assembly")
  .update(id, { name: "NC pump 2" });
await assert.rejects(
  connect({ "If-Match": made["@odata.etag"] }).getEntitySet("plant__Assembly").update(id, { name: "late" }),
  /changed|version/i,
);
const greeted = await assemblies.action("Tenon.greet", id, { word: "hi" });
assert.equal(greeted.message, "Hello NC pump 2");
assert.equal(greeted.values.told, "hi");

const [one, more] = await client.execBatchRequestsJson([
  client.newBatchRequest({ requestId: "1", collection: "plant__Assembly", method: "GET", id }),
  client.newBatchRequest({
    requestId: "2",
    collection: "plant__AssemblyItem",
    method: "POST",
    entity: { title: "late", assembly_id: made.id },
  }),
]);
assert.equal(one.status, 200);
assert.equal((await one.json()).name, "NC pump 2");
assert.equal(more.status, 201, await more.text());

const deleting = connect({ "If-Match": "*" }).getEntitySet("plant__Assembly");
await deleting.delete(EdmV4.Guid.from(other.id));
await deleting.delete(id);
assert.equal(await assemblies.count(client.newFilter().field("startswith(name,'NC')").eq(true)), 0);
console.log("done");
