package dev.tenon.bench.size;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A product as large as large ones are: many objects with fields of all kinds, formulas, rules, lookups and views. */
final class WidePackage {

    private static final String[] TYPES = {
        "type: text, maxLength: 80",
        "type: integer",
        "type: decimal, precision: 14, scale: 2",
        "type: date",
        "type: boolean",
        "type: dateTime",
        "type: picklist, values: {open: {label: Open}, done: {label: Done}}"
    };

    private WidePackage() {}

    /** @param mark stands in each object's label, so that its file is another one */
    static Map<String, byte[]> files(int objects, int fields, String mark) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        put(files, "package.yaml", "name: wide\nnamespace: wide\nversion: 1.0.0\ntitle: Wide\n");
        StringBuilder rights = new StringBuilder("label: Worker\nobjects:\n");
        for (int i = 0; i < objects; i++) {
            put(files, "objects/Thing" + i + ".yaml", object(i, fields, mark));
            rights.append("  Thing")
                    .append(i)
                    .append(": {create: true, read: true, edit: true, scope: all, editScope: all, fieldDefault:"
                            + " edit}\n");
        }
        put(files, "permissions/worker.yaml", rights.toString());
        return files;
    }

    private static String object(int number, int fields, String mark) {
        StringBuilder text = new StringBuilder("label: Thing " + number + mark + "\npluralLabel: Things " + number
                + "\nbaseline: private\nfields:\n  name: {type: text, label: Name, maxLength: 80, required: true}\n"
                + "  amount: {type: decimal, label: Amount, precision: 14, scale: 2}\n"
                + "  twice: {type: formula, label: Twice, result: {type: decimal, precision: 16, scale: 2},"
                + " expression: \"amount * 2.0\"}\n");
        int next = 3;
        if (number > 0) {
            text.append("  above: {type: lookup, label: Above, target: Thing")
                    .append(number - 1)
                    .append("}\n");
            next++;
        }
        for (; next < fields; next++) {
            text.append("  f%d: {label: Field %d, %s}\n".formatted(next, next, TYPES[next % TYPES.length]));
        }
        return text.append("rules:\n  positive: {condition: \"amount >= 0.0 || name.startsWith('x')\", message: No.}\n")
                .append("views:\n  all: {label: All, columns: [name, amount], sort: [name]}\n")
                .toString();
    }

    private static void put(Map<String, byte[]> files, String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }
}
