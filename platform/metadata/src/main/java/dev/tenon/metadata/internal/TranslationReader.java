package dev.tenon.metadata.internal;

import dev.tenon.metadata.ElementType;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.MetadataError;
import dev.tenon.metadata.Problem;
import dev.tenon.metadata.Property;
import dev.tenon.metadata.PropertyType;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.Label;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.Suggestions;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts the texts of an {@code i18n} file to the elements they belong to, as properties {@code label@zh-CN}. */
final class TranslationReader {

    /** Sections of the file to element types. */
    static final Map<String, String> SECTIONS;

    static {
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("objects", ElementTypes.OBJECT);
        sections.put("extends", ElementTypes.OBJECT);
        sections.put("valueSets", ElementTypes.VALUE_SET);
        sections.put("permissionSets", ElementTypes.PERMISSION_SET);
        sections.put("approvals", ElementTypes.APPROVAL);
        sections.put("settings", ElementTypes.SETTING);
        sections.put("apps", ElementTypes.APP);
        SECTIONS = java.util.Collections.unmodifiableMap(sections);
    }

    private final LayerParts parts;
    private final String file;
    private final String language;

    TranslationReader(LayerParts parts, String file, String language) {
        this.parts = parts;
        this.file = file;
        this.language = language;
    }

    void read(Node root) {
        SECTIONS.forEach((section, typeName) -> {
            Node node = root.get(section);
            if (node != null) {
                ElementType type = ElementTypes.require(typeName);
                node.entries()
                        .forEach((name, entry) ->
                                element(type, new ElementKey(typeName, Names.global(parts.namespace, name)), entry));
            }
        });
    }

    private void element(ElementType type, ElementKey key, Node.Entry entry) {
        boolean own = parts.isOwn(type, key);
        if (own && !parts.elements.containsKey(key)) {
            String name = key.name().substring(key.name().lastIndexOf('/') + 1);
            parts.report(Problem.at(
                            source(entry.line(), entry.column()),
                            MetadataError.TRANSLATION_TARGET_MISSING,
                            Map.of(
                                    "element", key.toString(),
                                    "suggestion",
                                            Suggestions.nearestOrSome(
                                                    Names.local(name, parts.namespace), parts.siblings(key))))
                    .about(key));
            return;
        }
        entry.node().entries().forEach((name, value) -> {
            if (name.equals("layout")) {
                value.node()
                        .entries()
                        .forEach((sub, subValue) -> children(type, key, "layout." + sub, subValue.node()));
                return;
            }
            boolean text = type.properties().stream()
                    .anyMatch(p -> p.name().equals(name) && p.merge() == PropertyType.Merge.LABEL);
            if (text && value.node().value() instanceof String) {
                String property = language.equals(Label.DEFAULT_LANGUAGE) ? name : name + "@" + language;
                Node node = value.node();
                parts.addProperty(key, property, new Property(node.value(), source(node.line(), node.column())));
            } else {
                children(type, key, name, value.node());
            }
        });
    }

    private void children(ElementType type, ElementKey parent, String group, Node nodes) {
        ElementTypes.childrenOf(type).stream()
                .filter(child -> child.group().equals(group))
                .forEach(child -> nodes.entries()
                        .forEach((name, entry) ->
                                element(child, new ElementKey(child.name(), parent.name() + "/" + name), entry)));
    }

    private ErrorSource source(int line, int column) {
        return new ErrorSource(parts.origin, file, line, column);
    }
}
