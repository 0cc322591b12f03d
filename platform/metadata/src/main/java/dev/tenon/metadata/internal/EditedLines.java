package dev.tenon.metadata.internal;

import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.Layer;
import dev.tenon.metadata.Problem;
import dev.tenon.metadata.model.ElementKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Which element stands in which line of a layer's written files, also when the files do not pass the checks. */
final class EditedLines {

    private final Map<String, NavigableMap<Integer, ElementKey>> byFile = new HashMap<>();

    private EditedLines() {}

    static EditedLines of(Layer layer) {
        EditedLines lines = new EditedLines();
        LayerParts parts = new LayerParts(layer.name(), layer.namespace());
        PackageFormat.files(layer).forEach((path, bytes) -> {
            if (PackageFile.of(path) instanceof PackageFile.Definition file) {
                List<Problem> ignored = new ArrayList<>();
                YamlText.parse(layer.name(), path, new String(bytes, StandardCharsets.UTF_8), ignored)
                        .ifPresent(root -> new ElementReader(parts, path)
                                .read(
                                        ElementTypes.require(file.type()),
                                        new ElementKey(file.type(), Names.global(layer.namespace(), file.name())),
                                        file.own(),
                                        new Node.Entry(root, root.line(), root.column())));
            }
        });
        parts.elements
                .values()
                .forEach(e -> lines.byFile
                        .computeIfAbsent(e.source().file(), f -> new TreeMap<>())
                        .put(e.source().line(), e.key()));
        return lines;
    }

    Optional<ElementKey> at(String file, int line) {
        NavigableMap<Integer, ElementKey> lines = byFile.get(file);
        Map.Entry<Integer, ElementKey> entry = lines == null ? null : lines.floorEntry(line);
        return Optional.ofNullable(entry).map(Map.Entry::getValue);
    }
}
