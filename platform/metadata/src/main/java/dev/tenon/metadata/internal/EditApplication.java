package dev.tenon.metadata.internal;

import dev.tenon.metadata.Checked;
import dev.tenon.metadata.Element;
import dev.tenon.metadata.ElementType;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.Layer;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.metadata.MetadataError;
import dev.tenon.metadata.Problem;
import dev.tenon.metadata.Property;
import dev.tenon.metadata.PropertyType;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies edits to a layer. The edited layer is written and read again, so an edit passes exactly the checks that the
 * same lines in a package would.
 */
public final class EditApplication {

    private final Layer layer;
    private final LayerParts parts;
    private final List<Problem> problems = new ArrayList<>();

    private EditApplication(Layer layer) {
        this.layer = layer;
        this.parts = new LayerParts(layer.name(), layer.namespace());
        parts.elements.putAll(layer.elements());
    }

    /** The edited layer, or all that is wrong. */
    public static Checked<Layer> apply(Layer layer, List<LayerEdit> edits) {
        EditApplication application = new EditApplication(layer);
        edits.forEach(application::apply);
        application.problems.addAll(application.parts.problems());
        if (!application.problems.isEmpty()) {
            return new Checked.Bad<>(application.problems);
        }
        Layer edited = new Layer(layer.info(), application.parts.elements, layer.data());
        return switch (PackageParser.parse(PackageFormat.files(edited))) {
            case Checked.Good<Layer> good -> good;
            case Checked.Bad<Layer>(List<Problem> found) ->
                new Checked.Bad<>(
                        found.stream().map(p -> attributed(p, edited, edits)).toList());
        };
    }

    private void apply(LayerEdit edit) {
        ElementKey key = edit.element();
        Optional<ElementType> type = ElementTypes.find(key.type());
        if (type.isEmpty()) {
            List<String> known =
                    ElementTypes.all().stream().map(ElementType::name).toList();
            problem(
                    key,
                    null,
                    MetadataError.EDIT_TYPE_UNKNOWN,
                    Map.of(
                            "type", key.type(),
                            "suggestion", Suggestions.nearestOrSome(key.type(), known)));
            return;
        }
        if (type.get().parent().isPresent() != (type.get().parentOf(key).isPresent())
                && type.get().naming() != ElementType.Naming.FILE) {
            problem(key, null, MetadataError.EDIT_NAME, Map.of("name", key.name(), "suggestion", example(type.get())));
            return;
        }
        switch (edit) {
            case LayerEdit.Add add -> add(type.get(), add);
            case LayerEdit.SetProperty set -> set(type.get(), set);
            case LayerEdit.ResetProperty reset -> reset(reset);
            case LayerEdit.RemoveElement remove -> remove(remove);
        }
    }

    private void add(ElementType type, LayerEdit.Add add) {
        ElementKey key = add.element();
        if (!nameFits(type, key)) {
            return;
        }
        Element existing = parts.elements.get(key);
        if (existing != null && existing.adds()) {
            problem(key, null, MetadataError.EDIT_TARGET_EXISTS, Map.of("element", key.toString()));
            return;
        }
        if (type.naming() == ElementType.Naming.FILE) {
            put(
                    key,
                    new Element(
                            key,
                            true,
                            Map.of("source", property(add.properties().get("source"))),
                            here(key)));
            return;
        }
        Map<String, @Nullable Object> nested = new LinkedHashMap<>();
        Map<String, Property> flat = new LinkedHashMap<>();
        add.properties().forEach((name, value) -> {
            boolean isFlat = name.indexOf('@') > 0 || name.indexOf('.') > 0;
            if (isFlat) {
                checkedProperty(type, key, name).ifPresent(p -> flat.put(name, property(resolve(p, value))));
            } else if (!isKnown(type, name)) {
                unknownProperty(type, key, name);
            } else {
                nested.put(name, value);
            }
        });
        boolean own = parts.isOwn(type, key);
        Node node = Node.of(nested);
        parts.elements.remove(key);
        new ElementReader(parts, file(key)).read(type, key, own, new Node.Entry(node, 0, 0));
        flat.forEach((name, property) -> parts.addProperty(key, name, property));
        if (existing != null) {
            existing.properties().forEach((name, property) -> {
                Element now = parts.elements.get(key);
                if (now == null || !now.properties().containsKey(name)) {
                    parts.addProperty(key, name, property);
                }
            });
        }
    }

    private boolean nameFits(ElementType type, ElementKey key) {
        String local = key.name().substring(key.name().lastIndexOf('/') + 1);
        String ns = layer.namespace();
        String expected = switch (type.naming()) {
            case GLOBAL -> Names.hasPrefix(key.name(), ns) ? local : ns + Names.SEPARATOR + Names.bare(local);
            case LOCAL -> {
                ElementKey parent = type.parentOf(key).orElseThrow();
                boolean ownParent = parts.isOwn(ElementTypes.require(parent.type()), parent);
                yield ownParent ? Names.bare(local) : ns + Names.SEPARATOR + Names.bare(local);
            }
            case OBJECT -> Names.isGlobal(local) ? local : ns + Names.SEPARATOR + local;
            case FILE -> key.name().startsWith(layer.name() + "/scripts/") ? local : "scripts/" + local;
        };
        boolean global = type.naming() == ElementType.Naming.GLOBAL || type.naming() == ElementType.Naming.LOCAL;
        boolean shaped = !global || Names.bare(local).matches("[A-Za-z0-9][A-Za-z0-9_-]*");
        if (!expected.equals(local) || !shaped) {
            problem(key, null, MetadataError.EDIT_NAME, Map.of("name", local, "suggestion", shaped ? expected : ""));
            return false;
        }
        return true;
    }

    private void set(ElementType type, LayerEdit.SetProperty set) {
        ElementKey key = set.element();
        boolean own = parts.isOwn(type, key);
        Element element = parts.elements.get(key);
        if (own && element == null && type.naming() != ElementType.Naming.OBJECT) {
            problem(
                    key,
                    null,
                    MetadataError.EDIT_TARGET_MISSING,
                    Map.of(
                            "element", key.toString(),
                            "suggestion",
                                    Suggestions.nearestOrSome(
                                            Names.local(
                                                    key.name()
                                                            .substring(
                                                                    key.name().lastIndexOf('/') + 1),
                                                    layer.namespace()),
                                            parts.siblings(key))));
            return;
        }
        Optional<PropertyType> property = checkedProperty(type, key, set.property());
        if (property.isEmpty()) {
            return;
        }
        if (!own && !property.get().changeable()) {
            problem(
                    key,
                    set.property(),
                    MetadataError.PROPERTY_NOT_CHANGEABLE,
                    Map.of(
                            "property", set.property(),
                            "element", key.toString(),
                            "owner", Names.namespaceOf(key.name()).orElse("-")));
            return;
        }
        Map<String, Property> properties =
                element == null ? new LinkedHashMap<>() : new LinkedHashMap<>(element.properties());
        if (set.value() == null && own) {
            // An own property has no lower value to take back: it is simply not set.
            properties.remove(set.property());
        } else {
            properties.put(
                    set.property(),
                    property(resolve(property.get(), Node.of(set.value()).plain())));
        }
        boolean adds = element == null ? own : element.adds();
        put(key, new Element(key, adds, properties, element == null ? here(key) : element.source()));
    }

    private void reset(LayerEdit.ResetProperty reset) {
        ElementKey key = reset.element();
        Element element = parts.elements.get(key);
        if (element == null || !element.properties().containsKey(reset.property())) {
            problem(
                    key,
                    reset.property(),
                    MetadataError.EDIT_NOTHING_SET,
                    Map.of("element", key.toString(), "property", reset.property()));
            return;
        }
        Map<String, Property> properties = new LinkedHashMap<>(element.properties());
        properties.remove(reset.property());
        if (properties.isEmpty() && !element.adds()) {
            parts.elements.remove(key);
        } else {
            put(key, new Element(key, element.adds(), properties, element.source()));
        }
    }

    private void remove(LayerEdit.RemoveElement remove) {
        ElementKey key = remove.element();
        Element element = parts.elements.get(key);
        boolean upsert = ElementTypes.require(key.type()).naming() == ElementType.Naming.OBJECT;
        if (element == null || (!element.adds() && !upsert)) {
            problem(key, null, MetadataError.EDIT_NOT_OWN, Map.of("element", key.toString()));
            return;
        }
        Set<ElementKey> gone = new LinkedHashSet<>();
        gone.add(key);
        // Parents come before their children, so one pass finds all that is inside.
        new Layer(layer.info(), parts.elements, Map.of())
                .elements()
                .keySet()
                .forEach(other -> ElementTypes.require(other.type())
                        .parentOf(other)
                        .filter(gone::contains)
                        .ifPresent(p -> gone.add(other)));
        gone.forEach(parts.elements::remove);
    }

    private void put(ElementKey key, Element element) {
        parts.elements.put(key, element);
    }

    private Optional<PropertyType> checkedProperty(ElementType type, ElementKey key, String name) {
        Optional<PropertyType> found = type.findProperty(name);
        if (found.isEmpty()) {
            unknownProperty(type, key, name);
        }
        return found;
    }

    private void unknownProperty(ElementType type, ElementKey key, String name) {
        List<String> known = type.properties().stream().map(PropertyType::name).toList();
        problem(
                key,
                name,
                MetadataError.EDIT_PROPERTY_UNKNOWN,
                Map.of(
                        "property", name,
                        "type", type.name(),
                        "suggestion", Suggestions.nearestOrSome(name.replaceAll("[@.].*", ""), known)));
    }

    private static boolean isKnown(ElementType type, String name) {
        return type.properties().stream().anyMatch(p -> p.name().equals(name))
                || ElementTypes.childrenOf(type).stream()
                        .anyMatch(c -> c.group().equals(name) || c.group().startsWith(name + "."));
    }

    private @Nullable Object resolve(PropertyType type, @Nullable Object value) {
        return !type.keyed() ? new ElementReader(parts, "").resolve(type, value) : value;
    }

    private Property property(@Nullable Object value) {
        return new Property(value, new ErrorSource(layer.name(), "", 0, 0));
    }

    private ErrorSource here(ElementKey key) {
        return new ErrorSource(layer.name(), file(key), 0, 0);
    }

    private String file(ElementKey key) {
        ElementKey at = key;
        for (Optional<ElementKey> up = Optional.of(key); up.isPresent(); ) {
            at = up.get();
            up = ElementTypes.require(at.type()).parentOf(at);
        }
        return at.type().equals(ElementTypes.SCRIPT)
                ? at.name().substring(at.name().indexOf('/') + 1)
                : PackageFile.path(
                        at.type(), at.name(), Names.hasPrefix(at.name(), layer.namespace()), layer.namespace());
    }

    private static String example(ElementType type) {
        return switch (type.naming()) {
            case FILE -> type.name() + ":custom/scripts/name.js";
            case GLOBAL -> type.name() + ":c__name";
            case LOCAL, OBJECT -> type.name() + ":<" + type.parent().orElse("") + ">/c__name";
        };
    }

    private void problem(ElementKey key, @Nullable String property, MetadataError code, Map<String, Object> args) {
        Problem problem = Problem.at(here(safe(key)), code, args);
        problems.add(property == null ? problem.about(key) : problem.about(key, property));
    }

    /** Something with a file, for keys that have none. */
    private static ElementKey safe(ElementKey key) {
        boolean placed = ElementTypes.find(key.type())
                .filter(t -> t.parent().isEmpty() || t.parentOf(key).isPresent())
                .isPresent();
        return placed ? key : new ElementKey(ElementTypes.SETTING, "c__" + key.name());
    }

    /** The problem with the edited element that stands in the line. */
    private static Problem attributed(Problem problem, Layer edited, List<LayerEdit> edits) {
        if (problem.element().isPresent()) {
            return problem;
        }
        return EditedLines.of(edited)
                .at(problem.source().file(), problem.source().line())
                .filter(key -> edits.stream().anyMatch(e -> e.element().equals(key)))
                .map(problem::about)
                .orElse(problem);
    }
}
