package dev.tenon.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.ElementKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Properties that hold for any layer, tried on random ones; the seed is the number of the repetition. */
class RoundTripTest {

    private static final List<String> TEXTS = List.of(
            "Plain",
            "two words",
            "true",
            "null",
            "12",
            "1.50",
            "- dash",
            "a: b",
            "# no comment",
            "[x]",
            "{y}",
            "'q'",
            "\"q\"",
            "back\\slash",
            "tab\there",
            "line\nbreak",
            "a\n\n  indented\nend\n",
            " lead",
            "trail ",
            "中文，标点。",
            "emoji 😀",
            "\u0085\u2028",
            "@at",
            "%p",
            "&a",
            "*b",
            "!t",
            "|",
            ">",
            "yes",
            "~",
            "-",
            "?",
            "0x1F",
            "1e3",
            ".inf",
            "2026-01-31",
            "x,y",
            "ends:",
            "a #b",
            "\u00e9t\u00e9",
            "---",
            "\r\n",
            "1.2.3",
            "on");

    private final Random random;

    RoundTripTest(RepetitionInfo repetition) {
        this.random = new Random(repetition.getCurrentRepetition());
    }

    @RepeatedTest(25)
    void readingWhatWasWrittenGivesTheSameLayer() {
        Layer layer = randomLayer("custom", "c");

        Layer read = PackageReader.readFiles(PackageWriter.files(layer)).orThrow();

        assertThat(read.sameContent(layer)).isTrue();
        assertThat(texts(PackageWriter.files(read))).isEqualTo(texts(PackageWriter.files(layer)));
    }

    @RepeatedTest(8)
    void theOrderInWhichLayersAreGivenDoesNotMatter() {
        List<Layer> layers = new ArrayList<>(List.of(
                Fixtures.PRODUCT,
                SystemPackage.layer(),
                required(randomLayer("alpha", "alpha")),
                required(randomLayer("beta", "beta")),
                randomLayer("custom", "c")));
        String expected = fingerprint(layers);

        for (int i = 0; i < 3; i++) {
            Collections.shuffle(layers, random);
            assertThat(fingerprint(layers)).isEqualTo(expected);
        }
    }

    private static String fingerprint(List<Layer> layers) {
        return Models.compile("t", 1, layers).orThrow().fingerprint();
    }

    private static Map<String, String> texts(Map<String, byte[]> files) {
        Map<String, String> texts = new LinkedHashMap<>();
        files.forEach((path, bytes) -> texts.put(path, new String(bytes, java.nio.charset.StandardCharsets.UTF_8)));
        return texts;
    }

    private static Layer required(Layer layer) {
        PackageInfo info = layer.info();
        PackageInfo requiring = new PackageInfo(
                info.name(),
                info.namespace(),
                info.version(),
                Map.of("recruiting", "1.x"),
                info.title(),
                info.summary(),
                info.retired());
        return new Layer(requiring, layer.elements(), layer.data());
    }

    /** A layer with own objects, additions to the product, and (the tenant's only) changes of it, made through edits. */
    private Layer randomLayer(String name, String namespace) {
        PackageInfo base = PackageInfo.custom();
        PackageInfo info = name.equals("custom")
                ? base
                : new PackageInfo(name, namespace, "1.2.3", Map.of(), base.title(), base.summary(), base.retired());
        List<LayerEdit> edits = new ArrayList<>();
        edits.add(add(
                "valueSet",
                namespace + "__Shared",
                "label",
                text(),
                "label@zh-CN",
                text(),
                "values",
                Map.of("k1", Map.of("label", text(), "color", "red"), "on", Map.of("label", text()))));
        edits.add(add("setValue", namespace + "__Shared/k2", "label", text(), "label@ja", text(), "first", true));
        int objects = 1 + random.nextInt(3);
        for (int i = 0; i < objects; i++) {
            String object = namespace + "__Thing" + i;
            edits.add(add("object", object, "label", text(), "label@zh-CN", text(), "pluralLabel", text()));
            fields(edits, object, "f");
            edits.add(add("uniqueKey", object + "/k", "fields", List.of("f0")));
            edits.add(add("uniqueKey", object + "/l", "fields", List.of("f0", "owner"), "ignoreCase", false));
            edits.add(add(
                    "field",
                    object + "/number",
                    "type",
                    "autoNumber",
                    "label",
                    text(),
                    "format",
                    "N{yy}-{000}",
                    "reset",
                    "year",
                    "gapless",
                    random.nextBoolean()));
            edits.add(add("view", object + "/v", "label", text(), "columns", List.of("f0", "owner.name")));
        }
        edits.add(add(
                "recordType",
                "recruiting__Candidate/" + namespace + "__t",
                "label",
                text(),
                "label@zh-CN",
                text(),
                "active",
                random.nextBoolean(),
                "values",
                Map.of("level", List.of("junior")),
                "defaults",
                Map.of("name", text(), "level", text()),
                "sections",
                List.of()));
        fields(edits, "recruiting__Offer", namespace + "__x");
        edits.add(add(
                "rule",
                "recruiting__Offer/" + namespace + "__r",
                "condition",
                text(),
                "message",
                text(),
                "field",
                namespace + "__x0"));
        edits.add(add(
                "duplicateRule",
                "recruiting__Offer/" + namespace + "__d",
                "match",
                List.of(Map.of(namespace + "__x0", "exact"), Map.of(namespace + "__x0", Map.of("fuzzy", 90))),
                "message",
                text(),
                "message@zh-CN",
                text(),
                "action",
                "block",
                "condition",
                text()));
        edits.add(add(
                "section",
                "recruiting__Offer/" + namespace + "__s",
                "label",
                text(),
                "fields",
                List.of(namespace + "__x0"),
                "after",
                "main"));
        edits.add(add("permissionSet", namespace + "__p", "label", text()));
        edits.add(add(
                "objectPermission",
                namespace + "__p/recruiting__Offer",
                "read",
                true,
                "scope",
                text(),
                "fields",
                Map.of("salary", "none", "status", "read")));
        edits.add(add(
                "objectPermission",
                namespace + "__p/recruiting__Candidate",
                "create",
                true,
                "recordTypes",
                List.of("campus")));
        edits.add(add("setting", namespace + "__s", "label", text(), "type", "text", "value", text()));
        edits.add(add("app", namespace + "__second", "label", text(), "objects", List.of("recruiting__Offer")));
        edits.add(add("app", namespace + "__first", "label", text(), "objects", List.of(namespace + "__Thing0")));
        edits.add(add("script", name + "/scripts/a.js", "source", text()));
        if (name.equals("custom")) {
            for (String property :
                    List.of("label", "help", "label@zh-CN", "default", "label@ja", "visibleWhen", "readOnlyWhen")) {
                if (random.nextBoolean()) {
                    edits.add(new LayerEdit.SetProperty(
                            new ElementKey("field", "recruiting__Offer/salary"), property, text()));
                }
            }
            edits.add(new LayerEdit.SetProperty(
                    new ElementKey("recordType", "recruiting__Candidate/campus"),
                    "values.level",
                    Map.of("remove", List.of("senior"))));
            edits.add(add("setValue", "recruiting__Source/c__street", "label", text(), "after", "web"));
            edits.add(new LayerEdit.SetProperty(new ElementKey("setValue", "recruiting__Source/web"), "label", text()));
            edits.add(new LayerEdit.SetProperty(
                    new ElementKey("section", "recruiting__Offer/main"),
                    "fields",
                    Map.of("add", List.of("annual", Map.of("field", "c__x0", "after", "candidate")))));
            edits.add(new LayerEdit.SetProperty(new ElementKey("setting", "recruiting__limit"), "value", 12.75));
        }
        return new Layer(info, Map.of(), Map.of("data/seed.csv", "a;b\n1;2\n"))
                .apply(edits)
                .orThrow();
    }

    private void fields(List<LayerEdit> edits, String object, String prefix) {
        int count = 1 + random.nextInt(4);
        edits.add(add("field", object + "/" + prefix + "flag", "label", text(), "type", "boolean"));
        for (int i = 0; i < count; i++) {
            Map<String, Object> field = new LinkedHashMap<>();
            field.put("label", text());
            switch (i == 0 ? 0 : random.nextInt(8)) {
                case 5 -> {
                    field.put("type", "multiPicklist");
                    if (random.nextBoolean()) {
                        field.put("valueSet", random.nextBoolean() ? "Shared" : "recruiting__Source");
                    } else {
                        field.put("values", Map.of("k1", Map.of("label", text())));
                    }
                    field.put("default", text());
                }
                case 6 -> {
                    field.put("type", random.nextBoolean() ? "richText" : "json");
                    field.put("maxLength", 1 + random.nextInt(1000));
                }
                case 0 -> {
                    field.put("type", "text");
                    field.put("maxLength", 1 + random.nextInt(1000));
                    field.put("default", text());
                    field.put("unique", random.nextBoolean());
                    field.put("indexed", false);
                }
                case 1 -> {
                    field.put("type", "decimal");
                    field.put("precision", 20);
                    field.put("scale", random.nextInt(10));
                    field.put("help", text());
                }
                case 2 -> {
                    field.put("type", "picklist");
                    field.put("values", Map.of("k1", Map.of("label", text()), "true", Map.of("label", text())));
                    field.put("transitions", Map.of("k1", List.of("true"), "true", List.of()));
                    field.put("initial", List.of("true"));
                    field.put("dependsOn", prefix + "flag");
                    field.put("allowed", Map.of("false", List.of("k1"), "true", List.of("true", "k1")));
                }
                case 3 -> {
                    field.put("type", "currency");
                    field.put("scale", random.nextInt(10));
                    field.put("rateDate", "createdAt");
                }
                case 4 -> {
                    field.put("type", "picklist");
                    field.put("codes", random.nextBoolean() ? "currencies" : "countries");
                }
                default -> {
                    field.put("type", "lookup");
                    field.put("target", "sys__User");
                    field.put("required", random.nextBoolean());
                }
            }
            for (String condition : FieldProperties.CONDITIONS) {
                if (random.nextInt(3) == 0) {
                    field.put(condition, text());
                }
            }
            if (i > 0 && random.nextBoolean()) {
                field.put("after", prefix + random.nextInt(i));
            }
            edits.add(new LayerEdit.Add(new ElementKey("field", object + "/" + prefix + i), field));
        }
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static LayerEdit add(String type, String name, Object... properties) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            map.put((String) properties[i], properties[i + 1]);
        }
        return new LayerEdit.Add(new ElementKey(type, name), map);
    }
}
