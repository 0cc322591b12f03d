// What a developer writes with the types that were generated from the OpenAPI document. Compiled and run by openapi.mjs.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

declare const process: { argv: string[] };

const [address, token] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl: address, headers: { Authorization: `Bearer ${token}` } });

function good<T>(answer: { data?: T; error?: components["schemas"]["Problem"] }): T {
  if (answer.error || answer.data === undefined) {
    throw new Error(JSON.stringify(answer.error));
  }
  return answer.data;
}

function same(found: unknown, expected: unknown) {
  if (found !== expected) {
    throw new Error(`${found} instead of ${expected}`);
  }
}

const made = good(
  await client.POST("/odata/plant__Assembly", {
    body: { name: "GC pump", code: "GC-1", plant__AssemblyItem_assembly: [{ title: "bolt", amount: 3 }] },
  }),
);
// A name that is missing or misspelt does not compile.
// @ts-expect-error name is required
const incomplete: components["schemas"]["plant__Assembly.Create"] = { code: "x" };
// @ts-expect-error there is no such property
const misspelt: components["schemas"]["plant__Assembly.Update"] = { nmae: "x" };
void [incomplete, misspelt];

const path = { id: made.id };
const etag = { "If-Match": made["@odata.etag"] };
const read = good(
  await client.GET("/odata/plant__Assembly({id})", {
    params: { path, query: { $expand: "plant__AssemblyItem_assembly" } },
  }),
);
same(read.plant__AssemblyItem_assembly?.[0]?.amount, 3);
const list = good(
  await client.GET("/odata/plant__Assembly", {
    params: { query: { $filter: "code eq 'GC-1'", $count: true, $top: 5 } },
  }),
);
same(list["@odata.count"], 1);
same(list.value[0]?.name, "GC pump");
const changed = good(
  await client.PATCH("/odata/plant__Assembly({id})", {
    params: { path, header: etag },
    body: { name: "GC pump 2" },
  }),
);
same(changed.version, 2);
const stale = await client.PATCH("/odata/plant__Assembly({id})", {
  params: { path, header: etag },
  body: { name: "late" },
});
same(stale.error?.code, "records.stale-version");
const greeted = good(
  await client.POST("/odata/plant__Assembly({id})/Tenon.greet", { params: { path }, body: { word: "hi" } }),
);
same(greeted.message, "Hello GC pump 2");
const gone = await client.DELETE("/odata/plant__Assembly({id})", {
  params: { path, header: { "If-Match": changed["@odata.etag"] } },
});
same(gone.response.status, 204);
