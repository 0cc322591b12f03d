package dev.tenon.script.worker;

import dev.tenon.script.wire.Wire;
import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs what scripts do before the first customer's script runs. That is not only for speed: an engine whose classes are
 * first initialized deep in a recursion can stay broken for everybody.
 */
final class WarmUp {

    private static final Map<String, String> CORPUS = Map.of(
            "plain.js",
            """
            import { twice } from "./lib.js";
            class Own extends Error {}
            export function trigger({ record, before, user, now, records, settings }) {
              record.salary = twice(record.salary) + (before?.salary ?? 0);
              const found = records.find("o", "1");
              const many = records.query({ object: "o", top: 3 }).map((r) => ({ ...r, n: r.salary * 2 }));
              const text = `${record.name.toUpperCase()} ${user.name} ${now.toISOString()} ${settings.limit}`;
              record.name = text.replace(/[aeiou](\\d+)?/gi, (v) => v + v).split(" ").reverse().join("-");
              const sums = new Map([...Object.entries({ a: 1, b: 2 })].sort());
              for (const [k, v] of sums) console.log(k, v, [1.5, 2].reduce((x, y) => x + y), found, many);
              try { records.find("none", "1"); } catch (e) { record.note = e.code; }
              try { throw new Own("x"); } catch ({ message }) { record.other = message; }
            }
            export async function later({ record }) { await null; record.salary = 1; }
            export function fails() { throw new Error("warm"); }
            export function refuses() { throw new UserError("no", { field: "salary" }); }
            export function typo({ record }) { record.salry = 1; }
            export function deep() { return 1 + deep(); }
            export function stubborn() { try { stubborn(); } catch (e) { stubborn(); } }
            export function outward({ records }, n = 0) { return n > 90 ? records.find("o", "1") : outward({ records }, n + 1); }
            """,
            "lib.js",
            "export const twice = (n) => n * 2;",
            "policy.js",
            """
            approval.visibility("p", ({ me, item }) =>
              contentOnly(item.author.is(me).or(item.nodeClosedSeq.le(me.participation.lastActivatedSeq))));
            """,
            "some.test.js",
            """
            import { twice } from "./lib.js";
            test("twice", () => assert.equal(twice(2), 4));
            test("not", () => assert.deepEqual([1, { a: 2 }], [1, { a: 3 }]));
            """,
            "broken.js",
            "export function f() { return ; } }");

    private WarmUp() {}

    static void run(Sandbox sandbox) {
        ModuleFiles files = new ModuleFiles(CORPUS);
        long end = System.nanoTime() + 500_000_000L;
        // Twice in any case: the second time shows what the first one initialized.
        for (int round = 0; round < 2 || (round < 20 && System.nanoTime() < end); round++) {
            for (String function :
                    new String[] {"trigger", "later", "fails", "refuses", "typo", "deep", "stubborn", "outward"}) {
                call(sandbox, files, "plain.js", function, "TRIGGER");
            }
            call(sandbox, files, "policy.js", "p", "VISIBILITY");
            call(sandbox, files, "some.test.js", "", "TESTS");
            call(sandbox, files, "broken.js", "", "EXPORTS");
        }
    }

    private static void call(Sandbox sandbox, ModuleFiles files, String file, String function, String kind) {
        ObjectNode request = Wire.JSON
                .createObjectNode()
                .put("file", file)
                .put("function", function)
                .put("kind", kind)
                .put("maxResult", 100_000)
                // The server gives a worker up that does not come up; here nothing may be ended in the middle.
                .put("computing", 600_000)
                .put("waiting", 600_000)
                .put("arguments", """
                        {"record":{"salary":12.5,"name":"abc 12","note":null,"other":""},"before":{"salary":1},
                         "fields":["salary","name","note","other"],"object":"o",
                         "user":{"name":"n"},"now":"2026-01-01T00:00:00Z"}""");
        try {
            new Call(request, files, sandbox, new Echo()).run();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A server that has one record and one error. */
    private static final class Echo implements Call.Server {
        @Override
        public JsonNode ask(String name, String payload) {
            String answer = payload.contains("none")
                    ? "{\"error\":{\"code\":\"a.b\",\"message\":\"m\",\"ticket\":1}}"
                    : name.equals("query") ? "{\"value\":[{\"salary\":1}]}" : "{\"value\":{\"salary\":1}}";
            return Lane.frame("reply").put("payload", answer);
        }

        @Override
        public void tellStuck(Execution.Reason reason) {
            throw new IllegalStateException("the warm-up does not end");
        }
    }
}
