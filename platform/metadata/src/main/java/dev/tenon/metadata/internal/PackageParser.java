package dev.tenon.metadata.internal;

import dev.tenon.metadata.Checked;
import dev.tenon.metadata.Element;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.Layer;
import dev.tenon.metadata.MetadataError;
import dev.tenon.metadata.Problem;
import dev.tenon.metadata.Property;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.Suggestions;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the files of a package into a layer and collects everything that is wrong with them. */
public final class PackageParser {

    private static final String PACKAGE_FILE = "package.yaml";
    private static final String I18N_SCHEMA = "i18n.schema.json";
    private static final RecentFiles RECENT = new RecentFiles();

    private final Map<String, byte[]> files;
    private final InfoReader info;
    private final LayerParts parts;
    private final Map<String, String> data = new LinkedHashMap<>();
    private final Map<String, Node> translations = new TreeMap<>();

    private PackageParser(Map<String, byte[]> files, InfoReader info) {
        this.files = files;
        this.info = info;
        this.parts = new LayerParts(info.origin(), info.namespace());
    }

    /** The layer, or all problems of all files. */
    public static Checked<Layer> parse(Map<String, byte[]> files) {
        byte[] packageFile = files.get(PACKAGE_FILE);
        if (packageFile == null) {
            return new Checked.Bad<>(List.of(Problem.at(
                    new ErrorSource("package", PACKAGE_FILE, 0, 0), MetadataError.PACKAGE_FILE_MISSING, Map.of())));
        }
        return new PackageParser(files, InfoReader.read(PACKAGE_FILE, packageFile)).layer();
    }

    private Checked<Layer> layer() {
        parts.reportAll(info.problems());
        files.forEach(this::file);
        translations.forEach((file, root) -> {
            if (PackageFile.of(file) instanceof PackageFile.Translation(String language) && info.usable()) {
                new TranslationReader(parts, file, language).read(root);
                info.translate(language, root);
            }
        });
        checkScripts();
        return Checked.of(parts.problems(), () -> new Layer(info.info(), parts.elements, data));
    }

    private void file(String path, byte[] bytes) {
        PackageFile kind = PackageFile.of(path);
        if (kind instanceof PackageFile.Info || kind instanceof PackageFile.Ignored) {
            return;
        }
        if (kind instanceof PackageFile.Unexpected(String suggestion)) {
            parts.report(
                    source(path, 0, 0), MetadataError.FILE_UNEXPECTED, Map.of("path", path, "suggestion", suggestion));
            return;
        }
        text(bytes)
                .ifPresentOrElse(
                        text -> content(path, kind, text),
                        () -> parts.report(source(path, 0, 0), MetadataError.NOT_UTF8, Map.of("path", path)));
    }

    private void content(String path, PackageFile kind, String text) {
        switch (kind) {
            case PackageFile.Definition definition ->
                yaml(path, definition.schema(), text).ifPresent(root -> definition(path, definition, root));
            case PackageFile.Collection collection ->
                yaml(path, collection.schema(), text).ifPresent(root -> collection(path, collection, root));
            case PackageFile.Translation ignored ->
                yaml(path, I18N_SCHEMA, text).ifPresent(root -> translations.put(path, root));
            case PackageFile.Script ignored -> {
                ErrorSource at = source(path, 1, 1);
                parts.add(new Element(
                        new ElementKey(ElementTypes.SCRIPT, info.origin() + "/" + path),
                        true,
                        Map.of("source", new Property(text, at)),
                        at));
            }
            case PackageFile.SeedData ignored -> data.put(path, text);
            case PackageFile.Info ignored -> {}
            case PackageFile.Ignored ignored -> {}
            case PackageFile.Unexpected ignored -> {}
        }
    }

    private Optional<Node> yaml(String path, String schema, String text) {
        RecentFiles.Key key = new RecentFiles.Key(info.origin(), path, schema, text);
        Optional<Node> known = RECENT.find(key);
        if (known.isPresent()) {
            return known;
        }
        List<Problem> problems = new ArrayList<>();
        Optional<Node> root = YamlText.parse(info.origin(), path, text, problems);
        boolean readable = problems.isEmpty();
        parts.reportAll(problems);
        root.filter(r -> readable).ifPresent(r -> {
            List<Problem> misfits = SchemaCheck.check(schema, r, info.origin(), path);
            parts.reportAll(misfits);
            if (misfits.isEmpty()) {
                RECENT.keep(key, r);
            }
        });
        return root;
    }

    private void definition(String path, PackageFile.Definition file, Node root) {
        if (!info.usable()) {
            return;
        }
        String name = file.own() ? info.namespace() + Names.SEPARATOR + file.name() : file.name();
        if (!file.own() && isOwnNamespace(path, name)) {
            return;
        }
        new ElementReader(parts, path)
                .read(
                        ElementTypes.require(file.type()),
                        new ElementKey(file.type(), name),
                        file.own(),
                        new Node.Entry(root, root.line(), root.column()));
    }

    private void collection(String path, PackageFile.Collection file, Node root) {
        if (!info.usable()) {
            return;
        }
        root.entries().forEach((name, entry) -> {
            ErrorSource at = source(path, entry.line(), entry.column());
            if (file.own() && Names.isGlobal(name)) {
                parts.report(at, MetadataError.NAME_PREFIXED, Map.of("name", name, "suggestion", Names.bare(name)));
                return;
            }
            String global = Names.global(info.namespace(), name);
            if (!file.own() && isOwnNamespace(path, global)) {
                return;
            }
            new ElementReader(parts, path)
                    .read(ElementTypes.require(file.type()), new ElementKey(file.type(), global), file.own(), entry);
        });
    }

    private boolean isOwnNamespace(String path, String name) {
        if (!Names.hasPrefix(name, info.namespace())) {
            return false;
        }
        parts.report(source(path, 1, 1), MetadataError.EXTENDS_ITSELF, Map.of("name", Names.bare(name)));
        return true;
    }

    private void checkScripts() {
        List<String> scripts = files.keySet().stream()
                .filter(p -> PackageFile.of(p) instanceof PackageFile.Script)
                .toList();
        for (Element element : List.copyOf(parts.elements.values())) {
            element.properties().forEach((name, property) -> {
                if (name.equals("script")) {
                    checkScript(element.key(), name, property.value(), property.source(), scripts);
                } else if (name.equals("approvers") && property.value() instanceof List<?> approvers) {
                    approvers.forEach(a -> {
                        if (a instanceof Map<?, ?> map && map.containsKey("script")) {
                            checkScript(element.key(), name, map.get("script"), property.source(), scripts);
                        }
                    });
                }
            });
        }
    }

    private void checkScript(
            ElementKey element, String property, @Nullable Object script, ErrorSource at, List<String> scripts) {
        if (script instanceof String path && !scripts.contains(path)) {
            parts.report(Problem.at(
                            at,
                            MetadataError.SCRIPT_MISSING,
                            Map.of("path", path, "suggestion", Suggestions.nearestOrSome(path, scripts)))
                    .about(element, property));
        }
    }

    private ErrorSource source(String path, int line, int column) {
        return new ErrorSource(info.origin(), path, line, column);
    }

    /** The text of a file without a byte order mark; absent when it is not UTF-8. */
    static Optional<String> text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
