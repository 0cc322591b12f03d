package dev.tenon.store.tenancy;

import static dev.tenon.store.tenancy.ShopPackage.add;
import static dev.tenon.store.tenancy.ShopPackage.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.access.Identity;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.records.Query;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.schema.SchemaSettings;
import dev.tenon.store.schema.StepListener;
import dev.tenon.tenancy.Customizing;
import dev.tenon.tenancy.Customizing.UndoConsent;
import dev.tenon.tenancy.PackageId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each kind of change of metadata is made and undone: definition and data are as they were. What is done to the tables for
 * it is planned with what is known from the change before, and must be the same as without.
 */
abstract class UndoContract {

    private static final String TENANT = "undone";
    private static final String TICKET = "c__Ticket";

    @TempDir
    Path folder;

    private Node node;
    private final Identity system = Node.system(TENANT);

    abstract DatabaseSettings settings(Path folder);

    @Test
    void eachKindOfChangeIsUndoneWithDefinitionAndData() {
        List<ComparedPlans> plans = new ArrayList<>();
        try (Node opened = new Node(
                settings(folder), folder, SchemaSettings.STANDARD, StepListener.NONE, List.of(), (database, schema) -> {
                    plans.add(new ComparedPlans(database, schema));
                    return plans.getFirst();
                })) {
            node = opened;
            prepare();
            Map<String, String> definition = definition();
            Map<String, Object> data = data();
            assertThat(data).containsValues("many words", "X-3");
            Map<String, String> failures = new LinkedHashMap<>();
            changes().forEach((name, edits) -> {
                try {
                    long version = applied(edits);
                    assertThat(differences(definition, definition())).isNotEmpty();
                    undone(version);
                    assertThat(differences(definition, definition())).isEmpty();
                    assertThat(differences(data, data())).isEmpty();
                } catch (RuntimeException | AssertionError failure) {
                    failures.put(name, String.valueOf(failure));
                }
            });
            assertThat(failures).isEmpty();
            assertThat(plans.getFirst().differences()).isEmpty();
            assertThat(plans.getFirst().compared()).isGreaterThan(2 * changes().size());
        }
    }

    private void prepare() {
        node.tenancy().start();
        node.tenancy().packages().add(system, ShopPackage.first());
        node.tenancy().tenants().create(system, TENANT, "Market", List.of(new PackageId("shop", "1.0.0")));
        applied(List.of(
                add("valueSet:c__Kind", "label", "Kind"),
                add("setValue:c__Kind/big", "label", "Big"),
                add("setValue:c__Kind/small", "label", "Small"),
                add("object:c__Ticket", "label", "Ticket", "pluralLabel", "Tickets", "titleField", "name"),
                field("name", "text", "maxLength", 40, "required", true),
                field("code", "text", "maxLength", 40),
                field("stage", "picklist"),
                add("value:c__Ticket/stage/open", "label", "Open"),
                add("value:c__Ticket/stage/done", "label", "Done"),
                add("value:c__Ticket/stage/never", "label", "Never"),
                field("kind", "picklist", "valueSet", "c__Kind"),
                field("amount", "integer"),
                field("due", "date"),
                field("customer", "lookup", "target", "shop__Customer"),
                field("twice", "formula", "result", Map.of("type", "integer"), "expression", "amount * 2"),
                add("uniqueKey:c__Ticket/once", "fields", List.of("name", "amount")),
                add("rule:c__Ticket/positive", "condition", "amount == null || amount > 0", "message", "Too small"),
                add("duplicateRule:c__Ticket/same", "match", List.of(Map.of("name", "exact")), "message", "Same"),
                add("view:c__Ticket/all", "label", "All", "columns", List.of("name", "code")),
                add("section:c__Ticket/main", "label", "Main", "fields", List.of("name", "code", "stage")),
                add("recordType:c__Ticket/plain", "label", "Plain"),
                add("recordType:c__Ticket/urgent", "label", "Urgent", "values", Map.of("stage", List.of("open"))),
                set("object:c__Ticket", "defaultRecordType", "plain"),
                add("permissionSet:c__desk", "label", "Desk"),
                add("objectPermission:c__desk/c__Ticket", "read", true, "scope", "all"),
                set("field:shop__Customer/city", "label", "Town")));
        ticket("One", "7", "open", 1L, "plain");
        ticket("Two", "many words", "done", 2L, "plain");
        ticket("Three", "X-3", "open", 3L, "urgent");
    }

    private void ticket(String name, String code, String stage, long amount, String type) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(Map.of(
                "name", name, "code", code, "stage", stage, "kind", "big", "amount", amount, "recordType", type));
        node.session(system).create(TICKET, values);
    }

    private static Map<String, List<LayerEdit>> changes() {
        Map<String, List<LayerEdit>> changes = new LinkedHashMap<>();
        changes.put("a new field", List.of(field("extra", "text", "default", "'none'")));
        changes.put("a required field", List.of(set(of("code"), "required", true)));
        changes.put("a default", List.of(set(of("code"), "default", "'none'")));
        changes.put("a label", List.of(set(of("code"), "label", "Number"), set(of("code"), "label@zh-CN", "编号")));
        changes.put(
                "help and conditions",
                List.of(
                        set(of("code"), "help", "Which"),
                        set(of("code"), "requiredWhen", "amount == 1"),
                        set(of("due"), "visibleWhen", "amount == 1"),
                        set(of("due"), "readOnlyWhen", "amount == 2")));
        changes.put("a hidden field", List.of(set(of("due"), "hidden", true)));
        changes.put("a read-only field", List.of(set(of("due"), "readOnly", true)));
        changes.put("a unique field", List.of(set(of("code"), "unique", true)));
        changes.put("without case", List.of(set(of("code"), "unique", true), set(of("code"), "ignoreCase", true)));
        changes.put("an index", List.of(set(of("code"), "indexed", true)));
        changes.put("a longer text", List.of(set(of("code"), "maxLength", 400)));
        changes.put("a shorter text", List.of(set(of("code"), "maxLength", 4)));
        changes.put("text to integer", List.of(reset(of("code"), "maxLength"), set(of("code"), "type", "integer")));
        changes.put("text to date", List.of(reset(of("code"), "maxLength"), set(of("code"), "type", "date")));
        changes.put(
                "integer in a key and a formula to text",
                List.of(
                        set(of("amount"), "type", "text"),
                        set(of("amount"), "maxLength", 20),
                        set(of("twice"), "expression", "2"),
                        set("rule:c__Ticket/positive", "condition", "amount != null")));
        changes.put(
                "picklist to text",
                List.of(
                        remove("value:c__Ticket/stage/open"),
                        remove("value:c__Ticket/stage/done"),
                        remove("value:c__Ticket/stage/never"),
                        reset("recordType:c__Ticket/urgent", "values.stage"),
                        set(of("stage"), "type", "text"),
                        set(of("stage"), "maxLength", 20)));
        changes.put(
                "a field less",
                List.of(
                        remove(of("code")),
                        set("view:c__Ticket/all", "columns", List.of("name")),
                        set("section:c__Ticket/main", "fields", List.of("name", "stage"))));
        changes.put("a formula less", List.of(remove(of("twice"))));
        changes.put("another formula", List.of(set(of("twice"), "expression", "amount * 3")));
        changes.put("a new value", List.of(add("value:c__Ticket/stage/later", "label", "Later", "color", "red")));
        changes.put("an inactive value", List.of(set("value:c__Ticket/stage/open", "active", false)));
        changes.put("a value less", List.of(remove("value:c__Ticket/stage/never")));
        changes.put(
                "transitions",
                List.of(
                        set(of("stage"), "transitions.open", List.of("done")),
                        set(of("stage"), "initial", List.of("open"))));
        changes.put(
                "a new value set",
                List.of(add("valueSet:c__Size", "label", "Size"), add("setValue:c__Size/a", "label", "A")));
        changes.put(
                "a value set's values",
                List.of(add("setValue:c__Kind/huge", "label", "Huge"), set("setValue:c__Kind/big", "label", "Large")));
        changes.put("a value of a set less", List.of(remove("setValue:c__Kind/small")));
        changes.put("a key of several fields less", List.of(remove("uniqueKey:c__Ticket/once")));
        changes.put(
                "a key of several fields",
                List.of(add("uniqueKey:c__Ticket/other", "fields", List.of("code", "stage"), "ignoreCase", true)));
        changes.put("a new rule", List.of(add("rule:c__Ticket/more", "condition", "name != 'x'", "message", "Not x")));
        changes.put(
                "an edited rule",
                List.of(
                        set("rule:c__Ticket/positive", "condition", "amount == null || amount > -1"),
                        set("rule:c__Ticket/positive", "active", false)));
        changes.put("a rule less", List.of(remove("rule:c__Ticket/positive")));
        changes.put(
                "a new duplicate rule",
                List.of(add(
                        "duplicateRule:c__Ticket/code",
                        "match",
                        List.of(Map.of("code", "exact")),
                        "message",
                        "Same code")));
        changes.put("a duplicate rule less", List.of(remove("duplicateRule:c__Ticket/same")));
        changes.put(
                "views and layout",
                List.of(
                        add("view:c__Ticket/due", "label", "Due", "columns", List.of("name", "due")),
                        set("view:c__Ticket/all", "label", "Everything"),
                        set("section:c__Ticket/main", "columns", 1),
                        add("section:c__Ticket/more", "label", "More", "fields", List.of("due"))));
        changes.put(
                "a view and a section less", List.of(remove("view:c__Ticket/all"), remove("section:c__Ticket/main")));
        changes.put("a new record type", List.of(add("recordType:c__Ticket/later", "label", "Later")));
        changes.put("another default record type", List.of(set("object:c__Ticket", "defaultRecordType", "urgent")));
        changes.put("a record type less", List.of(remove("recordType:c__Ticket/urgent")));
        changes.put(
                "no record types",
                List.of(
                        reset("object:c__Ticket", "defaultRecordType"),
                        remove("recordType:c__Ticket/urgent"),
                        remove("recordType:c__Ticket/plain")));
        changes.put(
                "a new permission set",
                List.of(
                        add("permissionSet:c__other", "label", "Other"),
                        add("objectPermission:c__other/c__Ticket", "read", true, "create", true)));
        changes.put(
                "other rights",
                List.of(
                        set("objectPermission:c__desk/c__Ticket", "scope", "own"),
                        set("objectPermission:c__desk/c__Ticket", "fields.code", "none")));
        changes.put("a permission set less", List.of(remove("permissionSet:c__desk")));
        changes.put("a hidden object", List.of(set("object:c__Ticket", "hidden", true)));
        changes.put(
                "an object's properties",
                List.of(
                        set("object:c__Ticket", "label", "Case"),
                        set("object:c__Ticket", "titleField", "code"),
                        set("object:c__Ticket", "baseline", "publicRead")));
        changes.put(
                "a new object",
                List.of(
                        add("object:c__Note", "label", "Note", "pluralLabel", "Notes", "titleField", "name"),
                        add("field:c__Note/name", "type", "text", "label", "Name"),
                        add("field:c__Note/ticket", "type", "lookup", "label", "Ticket", "target", "c__Ticket")));
        changes.put(
                "an object less", List.of(remove("object:c__Ticket"), remove("objectPermission:c__desk/c__Ticket")));
        changes.put(
                "what a package brought",
                List.of(
                        set("field:shop__Customer/city", "label", "Place"),
                        set("field:shop__Customer/name", "maxLength", 200),
                        set("field:shop__Customer/rating", "max", 20)));
        changes.put(
                "settings and apps",
                List.of(
                        add("setting:c__limit", "label", "Limit", "type", "integer", "value", 3),
                        add("app:c__desk", "label", "Desk", "objects", List.of("c__Ticket"))));
        return changes;
    }

    private static String of(String field) {
        return "field:c__Ticket/" + field;
    }

    private static LayerEdit field(String name, String type, @Nullable Object... namesAndValues) {
        List<@Nullable Object> all = new ArrayList<>(List.of("type", type, "label", name));
        all.addAll(List.of(namesAndValues));
        return add(of(name), all.toArray());
    }

    private static LayerEdit remove(String element) {
        return new LayerEdit.RemoveElement(ElementKey.parse(element));
    }

    private static LayerEdit reset(String element, String property) {
        return new LayerEdit.ResetProperty(ElementKey.parse(element), property);
    }

    private Customizing customizing() {
        return node.tenancy().customizing();
    }

    private long applied(List<LayerEdit> edits) {
        String seen = customizing().losses(system, edits).digest();
        return customizing()
                .apply(system, edits, Optional.empty(), false, Optional.of(seen))
                .orThrow();
    }

    private void undone(long version) {
        String seen = customizing().undoLosses(system, version).digest();
        customizing()
                .undo(system, version, Optional.empty(), false, new UndoConsent(Optional.of(seen), false))
                .orThrow();
    }

    private Map<String, String> definition() {
        return customizing().export(system).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        file -> new String(file.getValue(), StandardCharsets.UTF_8),
                        (one, other) -> one,
                        TreeMap::new));
    }

    /** What is not the same, before and after. */
    private static <K, V> List<String> differences(Map<K, V> before, Map<K, V> after) {
        return Stream.concat(before.keySet().stream(), after.keySet().stream())
                .distinct()
                .filter(key -> !Objects.equals(before.get(key), after.get(key)))
                .map(key -> key + ": " + before.get(key) + " -> " + after.get(key))
                .toList();
    }

    /** Every value by its record and field. */
    private Map<String, Object> data() {
        Map<String, Object> data = new TreeMap<>();
        node.session(system)
                .query(Query.of(TICKET, 100))
                .rows()
                .forEach(row -> row.values().forEach((name, value) -> {
                    if (value != null) {
                        data.put(row.id() + "." + name, value);
                    }
                }));
        return data;
    }
}
