package dev.tenon.metadata.internal;

import dev.tenon.metadata.MetadataError;
import dev.tenon.metadata.PackageInfo;
import dev.tenon.metadata.Problem;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.Label;
import dev.tenon.sdk.error.ErrorSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.semver4j.range.RangeListFactory;

/** Reads {@code package.yaml}; what can be used of a faulty one is used to check the other files. */
final class InfoReader {

    private static final String SCHEMA = "package.schema.json";

    private final Node root;
    private final String file;
    private final List<Problem> problems;
    private final Map<String, String> titles = new LinkedHashMap<>();
    private final Map<String, String> summaries = new LinkedHashMap<>();

    private InfoReader(Node root, String file, List<Problem> problems) {
        this.root = root;
        this.file = file;
        this.problems = problems;
    }

    static InfoReader read(String file, byte[] bytes) {
        List<Problem> problems = new ArrayList<>();
        Optional<String> text = PackageParser.text(bytes);
        if (text.isEmpty()) {
            problems.add(
                    Problem.at(new ErrorSource("package", file, 0, 0), MetadataError.NOT_UTF8, Map.of("path", file)));
        }
        Node root =
                text.flatMap(t -> YamlText.parse("package", file, t, problems)).orElse(Node.EMPTY_MAP);
        InfoReader reader = new InfoReader(root, file, problems);
        if (problems.isEmpty()) {
            problems.addAll(SchemaCheck.check(SCHEMA, root, reader.origin(), file));
            reader.check();
        }
        reader.text("title").ifPresent(t -> reader.titles.put(Label.DEFAULT_LANGUAGE, t));
        reader.text("summary").ifPresent(t -> reader.summaries.put(Label.DEFAULT_LANGUAGE, t));
        return reader;
    }

    /** Name of the package, for places of problems. */
    String origin() {
        return text("name").orElse("package");
    }

    String namespace() {
        return text("namespace").orElse("-");
    }

    /** Whether names in the other files can be understood. */
    boolean usable() {
        return text("name").isPresent()
                && text("namespace")
                        .filter(n -> n.matches(PackageFile.NAMESPACE))
                        .isPresent();
    }

    List<Problem> problems() {
        return problems;
    }

    void translate(String language, Node translations) {
        Node texts = translations.get("package");
        if (texts != null) {
            texts.entries().forEach((key, entry) -> {
                if (entry.node().value() instanceof String text) {
                    (key.equals("title") ? titles : summaries).put(language, text);
                }
            });
        }
    }

    PackageInfo info() {
        Map<String, String> requires = new LinkedHashMap<>();
        entries("requires")
                .forEach((name, entry) ->
                        requires.put(name, String.valueOf(entry.node().value())));
        TreeSet<ElementKey> retired = new TreeSet<>();
        Node list = root.get("retired");
        if (list != null) {
            list.items().forEach(item -> retired.add(ElementKey.parse(String.valueOf(item.value()))));
        }
        return new PackageInfo(
                origin(),
                namespace(),
                text("version").orElse("0.0.0"),
                requires,
                new Label(titles),
                summaries.isEmpty() ? Optional.empty() : Optional.of(new Label(summaries)),
                retired);
    }

    private void check() {
        boolean custom = origin().equals(PackageInfo.CUSTOM_NAME);
        boolean system = origin().equals(PackageInfo.SYSTEM_NAME);
        boolean fits = custom == namespace().equals(PackageInfo.CUSTOM_NAMESPACE)
                && system == namespace().equals(PackageInfo.SYSTEM_NAMESPACE)
                && !Names.RESERVED_NAMESPACES.contains(namespace());
        if (!fits) {
            report("namespace", MetadataError.NAMESPACE_RESERVED, Map.of("name", origin(), "namespace", namespace()));
        }
        entries("requires").forEach((name, entry) -> {
            String range = String.valueOf(entry.node().value());
            if (!isRange(range)) {
                problems.add(Problem.at(
                        new ErrorSource(
                                origin(),
                                file,
                                entry.node().line(),
                                entry.node().column()),
                        MetadataError.RANGE_INVALID,
                        Map.of("package", name, "range", range)));
            }
        });
    }

    private static boolean isRange(String range) {
        try {
            return range.matches("[0-9xX*.<>=~^| \\-A-Za-z+]+")
                    && range.matches(".*[0-9*].*")
                    && !RangeListFactory.create(range).get().isEmpty();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void report(String key, MetadataError code, Map<String, Object> args) {
        Node node = root.get(key);
        problems.add(Problem.at(
                new ErrorSource(origin(), file, node == null ? 1 : node.line(), node == null ? 1 : node.column()),
                code,
                args));
    }

    private Optional<String> text(String key) {
        Node node = root.get(key);
        @Nullable Object value = node == null ? null : node.value();
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private Map<String, Node.Entry> entries(String key) {
        Node node = root.get(key);
        return node == null ? Map.of() : node.entries();
    }
}
