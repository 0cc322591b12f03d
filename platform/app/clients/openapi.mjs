// Checks the OpenAPI document and makes a client of it, compiled against its own types. Arguments: address, token, folder.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import openapi, { astToString } from "openapi-typescript";

const [address, token, folder] = process.argv.slice(2);
const here = import.meta.dirname;
const answer = await fetch(`${address}/api/openapi.json`, { headers: { Authorization: `Bearer ${token}` } });
const document = await answer.json();

const validator = new Validator();
const checked = await validator.validate(structuredClone(document));
assert.ok(checked.valid, JSON.stringify(checked.errors));
assert.equal(validator.version, "3.1");

mkdirSync(folder, { recursive: true });
symlinkSync(join(here, "node_modules"), join(folder, "node_modules"));
writeFileSync(join(folder, "schema.d.ts"), astToString(await openapi(document)));
copyFileSync(join(here, "generated-client.ts"), join(folder, "client.ts"));
writeFileSync(join(folder, "package.json"), '{"type":"module"}');

function run(...command) {
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8" });
  assert.equal(status, 0, stdout + stderr);
}
run(
  join(here, "node_modules/typescript/bin/tsc"),
  ..."--strict --noUncheckedIndexedAccess --skipLibCheck --target es2022 --module nodenext client.ts".split(" "),
);
run("client.js", address, token);
console.log("done");
