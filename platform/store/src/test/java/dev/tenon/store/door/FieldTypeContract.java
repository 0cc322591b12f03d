package dev.tenon.store.door;

import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.records.HistoryEntry;
import dev.tenon.records.RecordsError;
import dev.tenon.records.Row;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordQuery;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.records.JooqRecycleBin;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Times, lists of keys, rich text and JSON through the door: written, read, filtered, kept and brought back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FieldTypeContract {

    private static final String EVENT = "shop__Event";

    private ShopDatabase shops;
    private ShopDoor door;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        shops = new ShopDatabase(Database.open(settings(folder)));
        Map<String, String> files = new LinkedHashMap<>(ShopPackage.files());
        files.put("objects/Event.yaml", """
                label: Event
                pluralLabel: Events
                titleField: name
                fields:
                  name: {type: text, label: Name, maxLength: 40}
                  opens: {type: time, label: Opens, default: "time('08:30')"}
                  colors: {type: multiPicklist, label: Colors, values: {red: {label: Red}, green: {label: Green}, blue: {label: Blue}, gray: {label: Gray, active: false}}, default: "'green;gray;red'"}
                  kind: {type: picklist, label: Kind, values: {plain: {label: Plain}, former: {label: Former, active: false}}, default: "'former'"}
                  body: {type: richText, label: Body, maxLength: 200}
                  setup: {type: json, label: Setup, maxLength: 100}
                  options: {type: json, label: Options, maxLength: 100, default: "'{\\"b\\": 1, \\"a\\": true}'"}
                  lastOpen: {type: formula, label: Late, result: {type: time}, expression: "opens > time('12:00') ? opens : null"}
                  bright: {type: formula, label: Bright, result: {type: boolean}, expression: "'red' in colors"}
                """);
        files.computeIfPresent(
                "permissions/manager.yaml",
                (path, text) -> text
                        + "  Event: {create: true, read: true, edit: true, delete: true, scope: all, editScope: all, fieldDefault: edit}\n");
        door = new ShopDoor(shops.store(), new JooqRecycleBin(shops.database(), 30), shops.tenant(files));
    }

    @AfterAll
    void close() {
        shops.close();
    }

    private Row event(String name, @Nullable Object... more) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(values(more));
        all.put("name", name);
        return door.manager().create(EVENT, all);
    }

    private Row change(Row row, @Nullable Object... changes) {
        return door.manager().update(EVENT, row.id(), Optional.empty(), values(changes));
    }

    private List<Object> names(String prefix, String condition) {
        return door
                .manager()
                .client()
                .query(RecordQuery.of(EVENT)
                        .where("name.startsWith('" + prefix + "') && (" + condition + ")", Map.of())
                        .orderBy(new RecordQuery.Sort("name", false)))
                .stream()
                .map(r -> r.value("name"))
                .toList();
    }

    private String fault(String condition) {
        return catchThrowableOfType(PlatformException.class, () -> names("q", condition))
                .details()
                .getFirst()
                .code()
                .id();
    }

    private static ErrorCode refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(PlatformException.class, call).code();
    }

    @Test
    void whatIsWrittenIsReadAndWhatFollowsFromItIsRight() {
        Row made = event("made");
        assertThat(made.values())
                .containsEntry("opens", LocalTime.of(8, 30))
                .as("a default leaves out what is switched off")
                .containsEntry("colors", List.of("red", "green"))
                .containsEntry("kind", null)
                .containsEntry("options", "{\"a\":true,\"b\":1}")
                .containsEntry("bright", true)
                .containsEntry("body", null)
                .containsEntry("lastOpen", null);
        Row changed = change(
                made,
                "opens",
                "23:59:59.999999",
                "colors",
                List.of("blue", "blue"),
                "body",
                "<p>Hi <b>you</b><strike>!</strike></p><script>alert(1)</script>",
                "setup",
                " {\"b\": [1, 2.50], \"a\": \"x\"} ");
        LocalTime late = LocalTime.of(23, 59, 59, 999_999_000);
        assertThat(changed.values())
                .containsEntry("opens", late)
                .containsEntry("lastOpen", late)
                .containsEntry("colors", List.of("blue"))
                .containsEntry("bright", false)
                .containsEntry("body", "<p>Hi <b>you</b><s>!</s></p>")
                .containsEntry("setup", "{\"a\":\"x\",\"b\":[1,2.50]}");
        assertThat(change(changed, "setup", "{\"a\":\"x\",\"b\":[1,2.50]}").version())
                .as("the same value is no change")
                .isEqualTo(changed.version());
        assertThat(change(changed, "opens", null, "colors", List.of(), "body", "<p> </p>", "setup", "")
                        .values())
                .containsEntry("opens", null)
                .containsEntry("colors", null)
                .containsEntry("body", null)
                .containsEntry("setup", null);
    }

    @Test
    void conditionsAreAskedOfTheDatabase() {
        event("q1", "opens", "07:00", "colors", "red;blue", "body", "<p>Fish &amp; <b>ch</b>ips</p>", "setup", "[1]");
        event("q2", "opens", "07:00:00.000001", "colors", "blue", "body", "<p>one</p><p>two</p>");
        event("q3", "opens", null, "colors", null);
        assertThat(names("q", "opens > time('07:00')")).containsExactly("q2");
        assertThat(names("q", "opens == time('07:00')")).containsExactly("q1");
        assertThat(names("q", "hour(opens) == 7 && second(opens) == 0")).containsExactly("q1", "q2");
        assertThat(names("q", "'blue' in colors")).containsExactly("q1", "q2");
        assertThat(names("q", "'blue' in colors && 'red' in colors")).containsExactly("q1");
        assertThat(names("q", "!('red' in colors)")).containsExactly("q2", "q3");
        assertThat(names("q", "colors == null")).containsExactly("q3");
        assertThat(names("q", "size(colors) == 2")).containsExactly("q1");
        assertThat(names("q", "body.contains('Fish & chips')")).containsExactly("q1");
        assertThat(names("q", "body.contains('one two')")).containsExactly("q2");
        assertThat(names("q", "body.contains('<p>')")).isEmpty();
        assertThat(names("q", "setup != null")).containsExactly("q1");
        assertThat(fault("setup == 'x'")).isEqualTo("expression.operand-mismatch");
        assertThat(fault("'rosa' in colors")).isEqualTo("expression.unknown-picklist-value");
        assertThat(fault("colors == colors")).isEqualTo("expression.operand-mismatch");
        assertThat(door.manager()
                        .client()
                        .query(RecordQuery.of(EVENT)
                                .where("name.startsWith('q') && opens < at", Map.of("at", "08:00"))
                                .orderBy(new RecordQuery.Sort("opens", true))))
                .extracting(r -> r.value("name"))
                .containsExactly("q2", "q1");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThat(refused(() -> event("x", "opens", "25:00"))).isEqualTo(RecordsError.TYPE_MISMATCH);
        assertThat(refused(() -> event("x", "colors", List.of("rosa")))).isEqualTo(RecordsError.NOT_A_PICKLIST_VALUE);
        assertThat(refused(() -> event("x", "colors", List.of("gray")))).isEqualTo(RecordsError.NOT_A_PICKLIST_VALUE);
        assertThat(refused(() -> event("x", "colors", List.of(7L)))).isEqualTo(RecordsError.TYPE_MISMATCH);
        assertThat(refused(() -> event("x", "body", "<p>" + "y".repeat(200) + "</p>")))
                .isEqualTo(RecordsError.VALUE_TOO_LONG);
        assertThat(refused(() -> event("x", "setup", "{a: 1}"))).isEqualTo(RecordsError.MALFORMED_JSON);
        assertThat(refused(() -> event("x", "setup", "{\"a\": 1, \"a\": 2}"))).isEqualTo(RecordsError.MALFORMED_JSON);
        assertThat(refused(() -> event("x", "setup", "1 2"))).isEqualTo(RecordsError.MALFORMED_JSON);
        assertThat(refused(() -> event("x", "setup", "[".repeat(40) + "]".repeat(40))))
                .isEqualTo(RecordsError.JSON_TOO_DEEP);
        assertThat(refused(() -> event("x", "setup", "\"" + "y".repeat(100) + "\"")))
                .isEqualTo(RecordsError.VALUE_TOO_LONG);
    }

    @Test
    void historyAndRecycleBinKeepTheValues() {
        Row row =
                event("kept", "opens", "06:15:30", "colors", "green", "body", "<p>\"a\"; [b]</p>", "setup", "[\"]\"]");
        change(row, "colors", List.of("red", "green"));
        HistoryEntry last = door.manager().history(EVENT, row.id()).stream()
                .filter(e -> "colors".equals(e.field()))
                .findFirst()
                .orElseThrow();
        assertThat(last.oldValue()).isEqualTo("[\"green\"]");
        assertThat(last.newValue()).isEqualTo("[\"red\",\"green\"]");
        Map<String, @Nullable Object> before = door.reload(row).values();
        door.manager().delete(EVENT, row.id(), Optional.empty());
        door.manager().recycleBin().restore(row.id());
        Map<String, @Nullable Object> after = door.reload(row).values();
        for (String field : List.of("opens", "colors", "body", "setup", "bright")) {
            assertThat(after.get(field)).as(field).isEqualTo(before.get(field)).isNotNull();
        }
    }
}
