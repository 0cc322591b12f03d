package dev.tenon.records.internal;

import dev.tenon.metadata.Layer;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.metadata.PackageInfo;
import dev.tenon.metadata.PackageReader;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.records.shop.ShopPackage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Changes of a tenant's own layer as people make them, right ones and wrong ones, and other versions of the product. */
final class RandomChanges {

    private static final List<String> PRODUCT = List.of("shop__Customer", "shop__Order", "shop__Line");
    private static final List<String> PRODUCT_FIELDS =
            List.of("name", "status", "customer", "order", "price", "lineTotal", "owner", "region", "payer");
    private static final List<String> WORDS = List.of("Red", "Blue", "红", "Green tea", "x");
    private static final int OWN_OBJECTS = 4;
    private static final int OWN_FIELDS = 6;

    private final Random random;

    RandomChanges(Random random) {
        this.random = random;
    }

    /** The product as it is, with other texts and fields, or with one field that is retired. */
    Layer product() {
        Map<String, String> files = new LinkedHashMap<>(ShopPackage.files());
        TreeSet<ElementKey> retired = new TreeSet<>();
        if (random.nextBoolean()) {
            files.computeIfPresent("objects/Line.yaml", (path, text) -> text + """
                      weight: {type: decimal, label: Weight, precision: 10, scale: 2}
                      heavy: {type: formula, label: Heavy, result: {type: boolean}, expression: "weight > 10.0 && order.discount == 0.0"}
                    """);
        }
        if (random.nextBoolean()) {
            files.computeIfPresent(
                    "objects/Order.yaml", (path, text) -> text.replace("lineTotal - coalesce", "lineTotal + coalesce"));
        }
        if (random.nextBoolean()) {
            files.computeIfPresent(
                    "objects/Customer.yaml",
                    (path, text) -> text.replace("north: {label: North}, ", "north: {label: Nord}, "));
        }
        if (random.nextInt(3) == 0) {
            retired.add(new ElementKey("field", "shop__Order/payer"));
        }
        Layer read = PackageReader.read(files).orThrow();
        PackageInfo info = read.info();
        return new Layer(
                new PackageInfo(
                        info.name(),
                        info.namespace(),
                        info.version(),
                        info.requires(),
                        info.title(),
                        info.summary(),
                        retired),
                read.elements(),
                read.data());
    }

    LayerEdit edit(Layer custom) {
        String object = object();
        return switch (random.nextInt(20)) {
            case 0, 1 -> add("object", ownObject(), "label", word(), "pluralLabel", word());
            case 2, 3, 4, 5 -> field(object);
            case 6 -> add("valueSet", set(), "label", word(), "values", Map.of("on", Map.of("label", word())));
            case 7 -> add("permissionSet", holders(), "label", word());
            case 8 ->
                add("objectPermission", holders() + "/" + object, "read", true, "edit", true, "scope", condition());
            case 9 ->
                add("approval", "c__a" + random.nextInt(2), "label", word(), "object", object, "entry", condition());
            case 10 ->
                add(
                        "step",
                        "c__a" + random.nextInt(2) + "/s" + random.nextInt(2),
                        "label",
                        word(),
                        "approvers",
                        List.of(random.nextBoolean() ? Map.of("field", path()) : Map.of("holdersOf", holders())));
            case 11 -> add("recordType", object + "/" + local(object, "t"), "label", word());
            case 12 -> add("rule", object + "/" + local(object, "r"), "condition", condition(), "message", word());
            case 13 -> add("view", object + "/" + local(object, "v"), "label", word(), "columns", List.of(path()));
            case 14 -> add("app", "c__app" + random.nextInt(2), "label", word(), "objects", List.of(object));
            case 15 -> add("setting", "c__s" + random.nextInt(2), "label", word(), "type", "text", "value", word());
            case 16, 17 -> set(custom, object);
            default -> remove(custom, object);
        };
    }

    private LayerEdit field(String object) {
        String name = object + "/" + local(object, "f");
        return switch (random.nextInt(10)) {
            case 0 -> add("field", name, "label", word(), "type", "text", "maxLength", 80L);
            case 1 -> add("field", name, "label", word(), "type", "decimal", "precision", 10L, "scale", 2L);
            case 2 -> add("field", name, "label", word(), "type", "picklist", "valueSet", set());
            case 3 ->
                add(
                        "field",
                        name,
                        "label",
                        word(),
                        "type",
                        "lookup",
                        "target",
                        object(),
                        "candidateFilter",
                        condition());
            case 4 -> add("field", name, "label", word(), "type", "manyToMany", "target", object());
            case 5 -> add("field", name, "label", word(), "type", "masterDetail", "target", object());
            case 6 -> add("field", name, "label", word(), "type", "lookup", "targets", List.of(object(), object()));
            case 7 ->
                add(
                        "field",
                        name,
                        "label",
                        word(),
                        "type",
                        "rollUp",
                        "object",
                        object(),
                        "via",
                        fieldName(),
                        "function",
                        "count");
            default ->
                add(
                        "field",
                        name,
                        "label",
                        word(),
                        "type",
                        "formula",
                        "result",
                        Map.of("type", "boolean"),
                        "expression",
                        condition());
        };
    }

    private LayerEdit set(Layer custom, String object) {
        ElementKey key = random.nextInt(3) == 0
                ? new ElementKey("object", object)
                : any(custom, new ElementKey("field", object + "/" + fieldName()));
        return switch (random.nextInt(6)) {
            case 0 -> new LayerEdit.SetProperty(key, "label", word());
            case 1 -> new LayerEdit.SetProperty(key, "label@zh-CN", word());
            case 2 -> new LayerEdit.SetProperty(key, "hidden", random.nextBoolean());
            case 3 -> new LayerEdit.SetProperty(key, "titleField", fieldName());
            case 4 -> new LayerEdit.SetProperty(key, "target", object());
            default -> new LayerEdit.SetProperty(key, "expression", condition());
        };
    }

    private LayerEdit remove(Layer custom, String object) {
        ElementKey key = any(custom, new ElementKey("field", object + "/" + fieldName()));
        return random.nextInt(3) == 0 ? new LayerEdit.ResetProperty(key, "label") : new LayerEdit.RemoveElement(key);
    }

    private ElementKey any(Layer custom, ElementKey otherwise) {
        List<ElementKey> keys = List.copyOf(custom.elements().keySet());
        return keys.isEmpty() || random.nextInt(4) == 0 ? otherwise : keys.get(random.nextInt(keys.size()));
    }

    private String condition() {
        return switch (random.nextInt(6)) {
            case 0 -> "true";
            case 1 -> path() + " == 'on'";
            case 2 -> path() + " > 1.0";
            case 3 -> "has(" + path() + ")";
            case 4 -> "settings.c__s" + random.nextInt(2) + " == 'x'";
            default -> "owner == me";
        };
    }

    private String path() {
        return random.nextBoolean() ? fieldName() : fieldName() + "." + fieldName();
    }

    private String fieldName() {
        return switch (random.nextInt(3)) {
            case 0 -> one(PRODUCT_FIELDS);
            case 1 -> "f" + random.nextInt(OWN_FIELDS);
            default -> "c__f" + random.nextInt(OWN_FIELDS);
        };
    }

    private String object() {
        return random.nextBoolean() ? one(PRODUCT) : ownObject();
    }

    private String ownObject() {
        return "c__T" + random.nextInt(OWN_OBJECTS);
    }

    private String local(String object, String name) {
        return (object.startsWith("c__") ? "" : "c__") + name + random.nextInt(OWN_FIELDS);
    }

    private String set() {
        return "c__S" + random.nextInt(2);
    }

    private String holders() {
        return "c__p" + random.nextInt(2);
    }

    private String word() {
        return one(WORDS);
    }

    private String one(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static LayerEdit add(String type, String name, Object... properties) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            map.put((String) properties[i], properties[i + 1]);
        }
        return new LayerEdit.Add(new ElementKey(type, name), map);
    }
}
