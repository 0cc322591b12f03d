package dev.tenon.records.shop;

import java.util.LinkedHashMap;
import java.util.Map;

/** The shop with notes about customers, orders or people. */
public final class NoteShop {

    public static final String NOTE = "shop__Note";

    private NoteShop() {}

    /** The clerk sees every note, but only his own customers and their orders; the auditor no customer at all. */
    public static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>(ShopPackage.files());
        files.put("objects/Note.yaml", note("[Customer, Order, sys__User]"));
        files.computeIfPresent(
                "objects/Customer.yaml",
                (path, text) -> text.replace(
                        "  orderCount:",
                        "  noteCount: {type: rollUp, label: Notes, object: Note, via: aboutCustomer, function: count}\n"
                                + "  orderCount:"));
        files.computeIfPresent("permissions/manager.yaml", (path, text) -> text + RIGHTS);
        files.computeIfPresent("permissions/clerk.yaml", (path, text) -> text + RIGHTS);
        files.computeIfPresent("permissions/auditor.yaml", (path, text) -> text + RIGHTS);
        return files;
    }

    private static final String RIGHTS =
            "  Note: {create: true, read: true, edit: true, delete: true, scope: all, editScope: all, fieldDefault: edit}\n";

    /** The object with other targets of its lookup. */
    public static String note(String targets) {
        return """
                label: Note
                fields:
                  text: {type: text, label: Text, maxLength: 40}
                  about: {type: lookup, label: About, targets: %s, required: true}
                  source: {type: lookup, label: Source, targets: [Customer, Order], unique: true}
                  checker: {type: lookup, label: Checker, targets: [Customer, sys__User], default: me, candidateFilter: "candidate.name != 'Blocked'"}
                  aboutName: {type: formula, label: Name, result: {type: text, maxLength: 80}, expression: "about == 'shop__Customer' ? aboutCustomer.name : about == 'shop__Order' ? aboutOrder.customer.name : null"}
                rules:
                  notItself: {condition: "about != 'shop__Order' || source == null || sourceOrder != aboutOrder", message: Twice the same order.}
                """.formatted(targets);
    }
}
