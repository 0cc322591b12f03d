package dev.tenon.store.tenancy;

import dev.tenon.metadata.LayerEdit;
import dev.tenon.metadata.model.ElementKey;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small product in two versions, and edits of a customer of it. */
public final class ShopPackage {

    private ShopPackage() {}

    /** Pairs of path and text as files. */
    public static Map<String, byte[]> files(String... pathsAndTexts) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }

    public static Map<String, byte[]> first() {
        return files(
                "package.yaml",
                """
                name: shop
                namespace: shop
                version: 1.0.0
                title: Shop
                summary: Customers and orders.
                """,
                "objects/Customer.yaml",
                """
                label: Customer
                pluralLabel: Customers
                titleField: name
                baseline: publicReadWrite
                fields:
                  name: {type: text, label: Name, maxLength: 80, required: true}
                  code: {type: text, label: Code, maxLength: 20, unique: true}
                  city: {type: text, label: City, maxLength: 40, help: Where the customer is}
                  since: {type: date, label: Since}
                  rating: {type: integer, label: Rating, min: 0, max: 10}
                  fax: {type: text, label: Fax, maxLength: 40}
                  tier: {type: picklist, label: Tier, values: {a: {label: Gold}, b: {label: Silver}}}
                rules:
                  ratingNeedsCity: {condition: "rating == null || city != null", message: A rated customer needs a city., field: city}
                views:
                  all: {label: All, columns: [name, city], sort: [name]}
                layout:
                  sections:
                    main: {label: General, columns: 2, fields: [name, code, city, rating]}
                """,
                "objects/Order.yaml",
                """
                label: Order
                pluralLabel: Orders
                titleField: number
                baseline: publicReadWrite
                fields:
                  number: {type: autoNumber, label: Number, format: "O-{00000}"}
                  customer: {type: lookup, label: Customer, target: Customer, required: true}
                  amount: {type: decimal, label: Amount, precision: 12, scale: 2}
                """,
                "permissions/clerk.yaml",
                """
                label: Clerk
                system: [importData]
                objects:
                  Customer: {create: true, read: true, edit: true, delete: true, scope: all, editScope: all, fieldDefault: edit}
                  Order: {create: true, read: true, edit: true, scope: all, editScope: all, fieldDefault: edit}
                """,
                "i18n/zh-CN.yaml",
                """
                objects:
                  Customer: {label: 客户, fields: {name: {label: 名称}, city: {label: 城市}, since: {label: 起始日期}, tier: {label: 级别, values: {a: {label: 金牌}}}}}
                """,
                "data/Customer.csv",
                """
                name,code,city,tier
                Head office,HQ,Shanghai,Gold
                """);
    }

    /** Changes two labels, adds a field and a value, changes the help that the customer has changed, drops fax. */
    public static Map<String, byte[]> second() {
        Map<String, byte[]> files = new LinkedHashMap<>(first());
        replace(files, "package.yaml", "version: 1.0.0", "version: 1.1.0");
        replace(files, "objects/Customer.yaml", "label: Name,", "label: Full name,");
        replace(files, "objects/Customer.yaml", "label: Rating,", "label: Score,");
        replace(files, "objects/Customer.yaml", "help: Where the customer is", "help: City of the main branch");
        replace(files, "objects/Customer.yaml", "  fax: {type: text, label: Fax, maxLength: 40}\n", "");
        replace(
                files,
                "objects/Customer.yaml",
                "  since: {type: date, label: Since}\n",
                "  since: {type: date, label: Since}\n  segment: {type: text, label: Segment, maxLength: 30}\n");
        replace(files, "objects/Customer.yaml", "b: {label: Silver}", "b: {label: Silver}, c: {label: Bronze}");
        return files;
    }

    /** Version 1.{@code minor}.0: each has one more field than the one before, {@code s1}, {@code s2} … */
    static Map<String, byte[]> upgrade(int minor) {
        Map<String, byte[]> files = new LinkedHashMap<>(first());
        replace(files, "package.yaml", "version: 1.0.0", "version: 1." + minor + ".0");
        StringBuilder fields = new StringBuilder();
        for (int i = 1; i <= minor; i++) {
            fields.append("  s%d: {type: text, label: S%d, maxLength: 40, unique: true}\n".formatted(i, i));
        }
        replace(files, "objects/Customer.yaml", "  since:", fields + "  since:");
        return files;
    }

    static void replace(Map<String, byte[]> files, String path, String what, String with) {
        String text = new String(files.get(path), StandardCharsets.UTF_8);
        if (!text.contains(what)) {
            throw new IllegalArgumentException(what + " is not in " + path);
        }
        files.put(path, text.replace(what, with).getBytes(StandardCharsets.UTF_8));
    }

    public static LayerEdit add(String element, @Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return new LayerEdit.Add(ElementKey.parse(element), properties);
    }

    public static LayerEdit set(String element, String property, @Nullable Object value) {
        return new LayerEdit.SetProperty(ElementKey.parse(element), property, value);
    }
}
