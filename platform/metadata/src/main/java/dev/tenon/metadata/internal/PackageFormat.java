package dev.tenon.metadata.internal;

import dev.tenon.metadata.Element;
import dev.tenon.metadata.ElementType;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.Layer;
import dev.tenon.metadata.PackageInfo;
import dev.tenon.metadata.Property;
import dev.tenon.metadata.PropertyType;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.Label;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lays a layer out in files, the inverse of reading. */
public final class PackageFormat {

    private final Layer layer;
    private final Map<String, Map<String, Object>> yaml = new TreeMap<>();
    private final SortedMap<String, byte[]> files = new TreeMap<>();

    private PackageFormat(Layer layer) {
        this.layer = layer;
    }

    /** All files of the layer's package. */
    public static SortedMap<String, byte[]> files(Layer layer) {
        return new PackageFormat(layer).write();
    }

    private SortedMap<String, byte[]> write() {
        info();
        layer.elements().values().forEach(this::element);
        layer.data().forEach((path, text) -> files.put(path, text.getBytes(StandardCharsets.UTF_8)));
        yaml.forEach((path, root) -> files.put(path, Yaml.write(root).getBytes(StandardCharsets.UTF_8)));
        return files;
    }

    private void info() {
        PackageInfo info = layer.info();
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("name", info.name());
        root.put("namespace", info.namespace());
        root.put("version", info.version());
        if (!info.requires().isEmpty()) {
            root.put("requires", info.requires());
        }
        packageText(root, "title", info.title());
        info.summary().ifPresent(summary -> packageText(root, "summary", summary));
        if (!info.retired().isEmpty()) {
            root.put(
                    "retired", info.retired().stream().map(ElementKey::toString).toList());
        }
        yaml.put("package.yaml", root);
    }

    private void packageText(Map<String, Object> root, String key, Label label) {
        new TreeMap<>(label.texts()).forEach((language, text) -> {
            if (language.equals(Label.DEFAULT_LANGUAGE)) {
                root.put(key, text);
            } else {
                map(translations(language), "package").put(key, text);
            }
        });
    }

    private void element(Element element) {
        ElementType type = element.type();
        ElementKey key = element.key();
        if (type.name().equals(ElementTypes.SCRIPT)) {
            String path = key.name().substring(key.name().indexOf('/') + 1);
            files.put(path, String.valueOf(element.value("source")).getBytes(StandardCharsets.UTF_8));
            return;
        }
        if (type.name().equals(ElementTypes.UNIQUE_KEY)
                && element.properties().keySet().equals(Set.of("fields"))) {
            group(type, container(parent(type, key))).put(localName(key), value(element.value("fields")));
            return;
        }
        boolean inFile = element.adds()
                || element.properties().keySet().stream().anyMatch(name -> name.indexOf('@') < 0)
                || type.naming() == ElementType.Naming.OBJECT;
        Map<String, Object> here = inFile ? container(key) : Map.of();
        for (PropertyType property : type.properties()) {
            element.properties().forEach((name, value) -> {
                if (type.findProperty(name).filter(property::equals).isPresent()) {
                    property(key, property, name, value, here);
                }
            });
        }
    }

    private void property(ElementKey key, PropertyType type, String name, Property property, Map<String, Object> here) {
        @Nullable Object value = ElementReader.localize(type, property.value(), layer.namespace());
        int at = name.indexOf('@');
        if (at > 0) {
            translated(key, name.substring(at + 1)).put(name.substring(0, at), value(value));
        } else if (type.keyed()) {
            String[] path = name.split("\\.");
            Map<String, Object> into = here;
            for (int i = 0; i < path.length - 1; i++) {
                into = map(into, path[i]);
            }
            into.put(path[path.length - 1], value(value));
        } else {
            here.put(name, value(value));
        }
    }

    /** The map of an element in its file, made where it is missing. */
    private Map<String, Object> container(ElementKey key) {
        ElementType type = ElementTypes.require(key.type());
        Optional<ElementKey> parent = type.parentOf(key);
        if (parent.isPresent()) {
            return map(group(type, container(parent.get())), localName(key));
        }
        boolean own = isOwn(key);
        String path = PackageFile.path(key.type(), key.name(), own, layer.namespace());
        Map<String, Object> root = yaml.computeIfAbsent(path, p -> new LinkedHashMap<>());
        boolean collection =
                key.type().equals(ElementTypes.SETTING) || key.type().equals(ElementTypes.APP);
        return collection ? map(root, own ? Names.local(key.name(), layer.namespace()) : key.name()) : root;
    }

    private Map<String, Object> group(ElementType type, Map<String, Object> parent) {
        Map<String, Object> into = parent;
        for (String part : type.group().split("\\.")) {
            into = map(into, part);
        }
        return into;
    }

    /** The map of an element in the file of a language. */
    private Map<String, Object> translated(ElementKey key, String language) {
        ElementType type = ElementTypes.require(key.type());
        Optional<ElementKey> parent = type.parentOf(key);
        if (parent.isPresent()) {
            return map(group(type, translated(parent.get(), language)), localName(key));
        }
        boolean own = isOwn(key);
        String section = TranslationReader.SECTIONS.entrySet().stream()
                .filter(s -> s.getValue().equals(key.type()))
                .filter(s -> own || !s.getKey().equals("objects"))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not translated: " + key));
        return map(map(translations(language), section), own ? Names.local(key.name(), layer.namespace()) : key.name());
    }

    private Map<String, Object> translations(String language) {
        return yaml.computeIfAbsent("i18n/" + language + ".yaml", p -> new LinkedHashMap<>());
    }

    private boolean isOwn(ElementKey key) {
        return Names.hasPrefix(key.name(), layer.namespace());
    }

    private String localName(ElementKey key) {
        String name = key.name().substring(key.name().lastIndexOf('/') + 1);
        return key.type().equals(ElementTypes.OBJECT_PERMISSION) ? Names.local(name, layer.namespace()) : name;
    }

    private static ElementKey parent(ElementType type, ElementKey key) {
        return type.parentOf(key).orElseThrow(() -> new IllegalStateException("no parent: " + key));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> parent, String key) {
        return (Map<String, Object>) parent.computeIfAbsent(key, k -> new LinkedHashMap<String, Object>());
    }

    // The emitter writes JSON null for this; maps made with computeIfAbsent cannot hold null.
    private static Object value(@Nullable Object value) {
        return value == null ? NullValue.NULL : value;
    }

    private enum NullValue {
        NULL;

        @Override
        public String toString() {
            return "null";
        }
    }
}
