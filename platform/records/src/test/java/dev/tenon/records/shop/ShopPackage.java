package dev.tenon.records.shop;

import dev.tenon.metadata.Models;
import dev.tenon.metadata.PackageReader;
import dev.tenon.metadata.model.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of the test product, and the model that follows from them. */
public final class ShopPackage {

    private ShopPackage() {}

    public static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("package.yaml", """
                name: shop
                namespace: shop
                version: 1.0.0
                title: Shop
                """);
        files.put("settings.yaml", """
                freeShipping: {label: Free shipping from, type: decimal, precision: 12, scale: 2, value: 100}
                """);
        files.put("objects/Customer.yaml", """
                label: Customer
                pluralLabel: Customers
                titleField: name
                baseline: private
                fields:
                  name: {type: text, label: Name, maxLength: 40, required: true}
                  email: {type: text, label: E-mail, maxLength: 100, format: email, unique: true}
                  region: {type: picklist, label: Region, values: {north: {label: North}, south: {label: South}}}
                  creditLimit: {type: decimal, label: Credit limit, precision: 12, scale: 2, default: "1000.0"}
                  secret: {type: text, label: Secret, maxLength: 100}
                  agent: {type: lookup, label: Agent, target: sys__User}
                  orderTotal: {type: rollUp, label: Total, object: Order, via: customer, function: sum, field: total, filter: "status != 'cancelled'"}
                  orderCount: {type: rollUp, label: Orders, object: Order, via: customer, function: count}
                  standing: {type: formula, label: Standing, result: {type: text, maxLength: 10}, expression: "orderTotal > creditLimit ? 'over' : 'ok'"}
                  secretSize: {type: formula, label: Secret size, result: {type: integer}, expression: "secret.size()"}
                rules:
                  northNeedsAgent: {condition: "region != 'north' || agent != null", message: A customer in the north needs an agent., field: agent}
                triggers:
                  tidy: {on: [beforeCreate, beforeUpdate], script: scripts/shop.js, function: tidy}
                  noted: {on: [afterCreate, afterUpdate, afterDelete], script: scripts/shop.js, function: noted}
                actions:
                  greet: {label: Greet, condition: "region == 'south'", script: scripts/shop.js, function: greet}
                views:
                  south: {label: South, columns: [name], filter: "region == 'south'", sort: [name]}
                """);
        files.put("objects/Order.yaml", """
                label: Order
                pluralLabel: Orders
                titleField: number
                baseline: private
                fields:
                  number: {type: autoNumber, label: Number, format: "ORD-{0000}"}
                  customer: {type: lookup, label: Customer, target: Customer, required: true}
                  payer: {type: lookup, label: Payer, target: Customer}
                  status: {type: picklist, label: Status, values: {open: {label: Open}, cancelled: {label: Cancelled}}, default: "'open'"}
                  discount: {type: decimal, label: Discount, precision: 12, scale: 2, default: "0.0"}
                  lineTotal: {type: rollUp, label: Lines, object: Line, via: order, function: sum, field: amount}
                  total: {type: formula, label: Total, result: {type: decimal, precision: 14, scale: 2}, expression: "lineTotal - coalesce(discount, 0.0)"}
                  shipping: {type: formula, label: Shipping, result: {type: text, maxLength: 10}, expression: "total >= settings.shop__freeShipping ? 'free' : 'paid'"}
                  customerName: {type: formula, label: Customer's name, result: {type: text, maxLength: 40}, expression: "customer.name"}
                """);
        files.put("objects/Line.yaml", """
                label: Line
                pluralLabel: Lines
                titleField: product
                baseline: controlledByParent
                fields:
                  order: {type: masterDetail, label: Order, target: Order}
                  product: {type: text, label: Product, maxLength: 40, required: true}
                  quantity: {type: integer, label: Quantity, min: 1, max: 1000, default: "1"}
                  price: {type: decimal, label: Price, precision: 10, scale: 2, required: true}
                  amount: {type: formula, label: Amount, result: {type: decimal, precision: 14, scale: 2}, expression: "quantity * price"}
                """);
        files.put("permissions/manager.yaml", """
                label: Manager
                system: [importData]
                objects:
                  Customer: {create: true, read: true, edit: true, delete: true, scope: all, editScope: all, fieldDefault: edit, actions: [greet]}
                  Order: {create: true, read: true, edit: true, delete: true, scope: all, editScope: all, fieldDefault: edit}
                  Line: {create: true, read: true, edit: true, delete: true, fieldDefault: edit}
                """);
        files.put("permissions/clerk.yaml", """
                label: Clerk
                objects:
                  Customer: {create: true, read: true, edit: true, scope: "agent == me", editScope: "agent == me", fieldDefault: edit, fields: {secret: none}}
                  Order: {create: true, read: true, edit: true, scope: "customer.agent == me", editScope: own, fieldDefault: edit}
                  Line: {create: true, read: true, edit: true, delete: true, fieldDefault: edit}
                """);
        files.put("permissions/personnel.yaml", """
                label: Personnel
                system: [manageUsers]
                """);
        files.put("permissions/auditor.yaml", """
                label: Auditor
                objects:
                  Order: {read: true, scope: all, fieldDefault: read}
                """);
        files.put("scripts/shop.js", """
                export function tidy(change) {}
                export function noted(change) {}
                export function greet(record) {}
                """);
        return files;
    }

    /** The product with fields that depend on the record's values. */
    public static Map<String, String> conditionalFiles() {
        Map<String, String> files = new LinkedHashMap<>(files());
        files.computeIfPresent(
                "objects/Order.yaml",
                (path, text) -> text.replace(
                                        "payer: {",
                                        "payer: {requiredWhen: \"status == 'cancelled' && reason == 'fraud'\", ")
                                .replace("discount: {", "discount: {readOnlyWhen: \"status == 'cancelled'\", ")
                        + """
                  reason: {type: text, label: Reason, maxLength: 10, visibleWhen: "status == 'cancelled'", requiredWhen: "status == 'cancelled'"}
                  pickup: {type: text, label: Pick-up, maxLength: 10, required: true, visibleWhen: "discount > 5.0"}
                  vipCode: {type: text, label: VIP code, maxLength: 10, requiredWhen: "customer.secret == 'vip'"}
                  mine: {type: text, label: Mine, maxLength: 10, visibleWhen: "owner == me && (reason == null || reason != 'fraud')"}
                """);
        files.computeIfPresent(
                "objects/Customer.yaml",
                (path, text) -> text.replace("creditLimit: {", "creditLimit: {readOnlyWhen: \"region == 'south'\", "));
        files.computeIfPresent(
                "permissions/clerk.yaml",
                (path, text) -> text.replace(
                        "editScope: own, fieldDefault: edit",
                        "editScope: own, fieldDefault: edit, fields: {reason: read, mine: none}"));
        return files;
    }

    private static final Map<String, Model> KNOWN = new java.util.concurrent.ConcurrentHashMap<>();

    /** The model of the product as it is. */
    public static Model model(String tenant) {
        return KNOWN.computeIfAbsent(tenant, t -> model(t, 1, files()));
    }

    /** The model of changed files. */
    public static Model model(String tenant, long version, Map<String, String> files) {
        return Models.compile(tenant, version, List.of(PackageReader.read(files).orThrow()))
                .orThrow();
    }
}
