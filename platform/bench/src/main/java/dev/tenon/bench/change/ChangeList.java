package dev.tenon.bench.change;

import dev.tenon.bench.BenchTenant;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.metadata.model.ElementKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every kind of change of a large table, each with fields of the list's own. */
final class ChangeList {

    /** A text that holds numbers. */
    static final String SERIAL = "c__serial";

    private static final String FIELD = "field:" + BenchTenant.ORDER + "/";
    private static final String GRADE = FIELD + "c__grade";
    private static final String NUMBER = FIELD + SERIAL;

    /** One publication. */
    record Change(String name, List<LayerEdit> edits) {}

    List<Change> beforeNumbers() {
        return List.of(
                change("add a field", add(GRADE, Map.of("type", "text", "label", "Grade"))),
                change(
                        "add a lookup",
                        add(
                                FIELD + "c__partner",
                                Map.of("type", "lookup", "label", "Partner", "target", BenchTenant.CUSTOMER))),
                change("add a unique field", add(NUMBER, Map.of("type", "text", "label", "Serial", "unique", true))),
                change(
                        "add record types",
                        add("recordType:" + BenchTenant.ORDER + "/c__plain", Map.of("label", "Plain")),
                        add("recordType:" + BenchTenant.ORDER + "/c__urgent", Map.of("label", "Urgent")),
                        set("object:" + BenchTenant.ORDER, "defaultRecordType", "c__plain")),
                change("rename", set(GRADE, "label", "Class")),
                change("longer text", set(GRADE, "maxLength", 400)),
                change("index", set(GRADE, "indexed", true)),
                change("make unique", set(GRADE, "unique", true)),
                change("unique without case", set(GRADE, "ignoreCase", true)),
                change("no longer unique", set(GRADE, "ignoreCase", false), set(GRADE, "unique", false)),
                change("make required", set(GRADE, "requiredWhen", "amount > 1000000.0")),
                change("default", set(GRADE, "default", "'a'")),
                change("hide a field", set(GRADE, "hidden", true)),
                change("show it again", set(GRADE, "hidden", false)));
    }

    List<Change> withNumbers() {
        return List.of(
                change(
                        "unique key of two fields",
                        add(
                                "uniqueKey:" + BenchTenant.ORDER + "/c__both",
                                Map.of("fields", List.of(SERIAL, "code"), "ignoreCase", true))),
                change(
                        "duplicate rule",
                        add(
                                "duplicateRule:" + BenchTenant.ORDER + "/c__same",
                                Map.of("match", List.of(Map.of(SERIAL, "exact")), "message", "The same order"))),
                change("no duplicate rule", remove("duplicateRule:" + BenchTenant.ORDER + "/c__same")),
                change(
                        "add a formula",
                        add(
                                FIELD + "c__gross",
                                Map.of(
                                        "type",
                                        "formula",
                                        "label",
                                        "Gross",
                                        "result",
                                        Map.of("type", "decimal", "precision", 14, "scale", 2),
                                        "expression",
                                        "amount * 1.13"))),
                change("edit the formula", set(FIELD + "c__gross", "expression", "amount * 1.06")),
                change("text to integer", set(NUMBER, "type", "integer")),
                change(
                        "integer to decimal",
                        set(NUMBER, "type", "decimal"),
                        set(NUMBER, "precision", 20),
                        set(NUMBER, "scale", 4)),
                change("more decimals", set(NUMBER, "precision", 22), set(NUMBER, "scale", 6)),
                change(
                        "decimal to text",
                        reset(NUMBER, "precision"),
                        reset(NUMBER, "scale"),
                        set(NUMBER, "type", "text"),
                        set(NUMBER, "maxLength", 40)));
    }

    /** Of the decimal that the undone retype has left. */
    Change cancelled() {
        return change(
                "cancel a retype", reset(NUMBER, "precision"), reset(NUMBER, "scale"), set(NUMBER, "type", "integer"));
    }

    List<Change> deletions() {
        return List.of(
                change("delete a field", remove(GRADE)),
                change("delete a formula", remove(FIELD + "c__gross")),
                change("delete a key", remove("uniqueKey:" + BenchTenant.ORDER + "/c__both")));
    }

    Change end() {
        return change(
                "delete all of it",
                remove("uniqueKey:" + BenchTenant.ORDER + "/c__both"),
                remove(GRADE),
                remove(NUMBER),
                remove(FIELD + "c__partner"),
                remove(FIELD + "c__gross"),
                reset("object:" + BenchTenant.ORDER, "defaultRecordType"),
                remove("recordType:" + BenchTenant.ORDER + "/c__plain"),
                remove("recordType:" + BenchTenant.ORDER + "/c__urgent"));
    }

    private static Change change(String name, LayerEdit... edits) {
        return new Change(name, List.of(edits));
    }

    private static LayerEdit add(String element, Map<String, Object> properties) {
        return new LayerEdit.Add(ElementKey.parse(element), new LinkedHashMap<>(properties));
    }

    private static LayerEdit set(String element, String property, Object value) {
        return new LayerEdit.SetProperty(ElementKey.parse(element), property, value);
    }

    private static LayerEdit reset(String element, String property) {
        return new LayerEdit.ResetProperty(ElementKey.parse(element), property);
    }

    private static LayerEdit remove(String element) {
        return new LayerEdit.RemoveElement(ElementKey.parse(element));
    }
}
