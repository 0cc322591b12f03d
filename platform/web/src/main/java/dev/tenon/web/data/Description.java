package dev.tenon.web.data;

import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.Action;
import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.DuplicateRule;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Layout;
import dev.tenon.metadata.model.ListView;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.web.model.VisibleModel;
import dev.tenon.web.model.VisibleObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An object as the console draws it: in the caller's language, and without anything the caller may not know. */
final class Description {

    private final VisibleModel visible;
    private final VisibleObject object;
    private final Set<String> permissionSets;
    private final Locale locale;

    Description(VisibleModel visible, VisibleObject object, Set<String> permissionSets, Locale locale) {
        this.visible = visible;
        this.object = object;
        this.permissionSets = permissionSets;
        this.locale = locale;
    }

    Map<String, @Nullable Object> write() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("name", object.name());
        all.put("label", object.type().label().in(locale));
        all.put("pluralLabel", object.type().pluralLabel().in(locale));
        all.put("titleField", titleField(object));
        all.put("modelVersion", visible.model().version());
        all.put(
                "can",
                Map.of(
                        "create",
                        object.access().create(),
                        "edit",
                        !object.access().update().equals(Expr.FALSE),
                        "delete",
                        !object.access().delete().equals(Expr.FALSE),
                        "lock",
                        object.access().lock()));
        all.put(
                "fields",
                object.type().fields().keySet().stream()
                        .flatMap(name -> object.described(name).stream())
                        .map(f -> field(object, f))
                        .toList());
        all.put("views", object.type().views().stream().map(this::view).toList());
        all.put(
                "reached",
                reached(
                        object,
                        object.type().views().stream()
                                .flatMap(v -> v.columns().stream())
                                .toList()));
        Map<String, @Nullable Object> layout = new LinkedHashMap<>();
        layout.put("sections", sections());
        layout.put("related", related());
        all.put("layout", layout);
        new RecordTypeChoice(object, locale, layout).describe(all);
        all.put(
                "actions",
                object.type().actions().stream()
                        .filter(a -> object.access().actions().contains(a.name()) && !a.function())
                        .map(this::action)
                        .toList());
        all.put("approvals", approvals());
        all.put("findsDuplicates", object.type().duplicateRules().stream().anyMatch(DuplicateRule::active));
        return all;
    }

    private static Map<String, Object> named(String name, String label) {
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("name", name);
        both.put("label", label);
        return both;
    }

    /** Its parameters are described as fields are, so that one input serves both. */
    private Map<String, Object> action(Action action) {
        Map<String, Object> all = named(action.name(), action.label().in(locale));
        all.put(
                "parameters",
                action.parameters().stream()
                        .map(p -> {
                            Map<String, @Nullable Object> parameter = field(object, p, List.of());
                            parameter.put("editable", true);
                            return parameter;
                        })
                        .toList());
        return all;
    }

    private Map<String, @Nullable Object> field(VisibleObject owner, Field field) {
        return field(owner, field, owner.type().partsOf(field.name()));
    }

    private Map<String, @Nullable Object> field(VisibleObject owner, Field field, List<Field> parts) {
        FieldType type = field.type();
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("name", field.name());
        all.put("label", field.label().in(locale));
        all.put("type", parts.isEmpty() ? typeName(type) : typeName(parts));
        parts(all, owner, field, parts);
        FieldType shown = type;
        if (type instanceof FieldType.Formula formula) {
            all.put("resultType", typeName(formula.result()));
            shown = formula.result();
        } else if (type instanceof FieldType.Derived derived) {
            all.put("resultType", typeName(derived.result()));
            shown = derived.result();
        } else if (type instanceof FieldType.RollUp rollUp) {
            shown = rollUp.result(visible.model());
            all.put("resultType", typeName(shown));
        }
        if (shown instanceof FieldType.DecimalNumber number) {
            all.put("precision", number.precision());
            all.put("scale", number.scale());
        }
        if (shown instanceof FieldType.Text text) {
            all.put("maxLength", text.maxLength());
            all.put("multiline", text.multiline());
            all.put("format", text.format().name().toLowerCase(Locale.ROOT));
        }
        if (shown instanceof FieldType.RichText(int maxLength)) {
            all.put("maxLength", maxLength);
        }
        if (shown instanceof FieldType.Json(int maxLength)) {
            all.put("maxLength", maxLength);
        }
        if (shown instanceof FieldType.EncryptedText text) {
            all.put("maxLength", text.maxLength());
            all.put("mask", text.mask() == FieldType.EncryptedText.Mask.ALL ? "all" : "lastFour");
            all.put("revealed", owner.access().revealed().contains(field.name()));
        }
        if (shown instanceof FieldType.MultiPicklist picklist) {
            all.put("values", picklist.values().stream().map(this::value).toList());
            picklist.dependence().ifPresent(dependence -> dependence(owner, dependence, all));
            picklist.ofTypes().ifPresent(dependence -> ofTypes(owner, dependence, all));
        }
        if (shown instanceof FieldType.Picklist picklist) {
            all.put("values", picklist.values().stream().map(this::value).toList());
            all.put("transitions", picklist.transitions());
            all.put("initial", picklist.initial());
            picklist.dependence().ifPresent(dependence -> dependence(owner, dependence, all));
            picklist.ofTypes().ifPresent(dependence -> ofTypes(owner, dependence, all));
        }
        if (shown instanceof FieldType.File file) {
            all.put("maxSize", file.maxBytes());
            all.put("accept", file.accepts());
        }
        all.put("required", field.required());
        all.put("unique", field.unique());
        all.put("readOnly", field.readOnly());
        all.put("editable", editable(owner, field));
        all.put("when", when(field.when()));
        all.put("system", field.system());
        all.put("hasDefault", field.defaultValue().isPresent());
        all.put("help", field.help().map(h -> h.in(locale)).orElse(null));
        Optional<VisibleObject> target = VisibleObject.chosenFrom(field).map(visible.objects()::get);
        all.put("target", target.map(VisibleObject::name).orElse(null));
        all.put("targetTitle", target.map(Description::titleField).orElse(null));
        target.ifPresent(t -> {
            FieldType.Candidates candidates = VisibleObject.candidates(field);
            all.put(
                    "candidateFields",
                    candidates.fields().stream().filter(t.fields()::containsKey).toList());
            all.put(
                    "chosen",
                    !candidates.equals(FieldType.Candidates.ANY)
                            || t.type().inUseField().isPresent());
        });
        all.put("fixed", type instanceof FieldType.MasterDetail master && !master.reparent());
        all.put("origin", field.origin());
        return all;
    }

    /** Which fields belong together as one, by what each of them says. */
    private void parts(Map<String, @Nullable Object> all, VisibleObject owner, Field field, List<Field> parts) {
        if (!parts.isEmpty()) {
            Map<String, String> names = new LinkedHashMap<>();
            Map<String, String> titles = new LinkedHashMap<>();
            for (Field part : parts) {
                Optional<VisibleObject> target = target(part);
                if (owner.fields().containsKey(part.name())) {
                    names.put(target.map(VisibleObject::name).orElseGet(() -> name(part)), part.name());
                    target.ifPresent(t -> titles.put(t.name(), titleField(t)));
                }
            }
            all.put("parts", names);
            if (!titles.isEmpty()) {
                all.put("titles", titles);
            }
        }
        field.part().ifPresent(part -> {
            all.put("part", Map.of("of", part.of(), "role", name(field)));
            if (part.role() == Field.Role.CONVERTED) {
                all.put("currency", visible.model().corporateCurrency().orElse(null));
            }
        });
    }

    /** What a part says; of a lookup to several objects each refers to a record of one of them. */
    private static String name(Field part) {
        Field.Role role = part.part().orElseThrow().role();
        return role == Field.Role.TARGET
                ? "target"
                : Character.toLowerCase(role.suffix().charAt(0)) + role.suffix().substring(1);
    }

    /** The type that a field was declared with whose parts these are. */
    private static String typeName(List<Field> parts) {
        return switch (parts.getFirst().part().orElseThrow().role()) {
            case TARGET -> "polymorphicLookup";
            case CURRENCY, CONVERTED -> "currency";
            case COUNTRY, STATE, CITY, DISTRICT, STREET, POSTAL_CODE -> "address";
            case LATITUDE, LONGITUDE -> "geolocation";
        };
    }

    /** Whoever may not know the other field is offered everything, and told at the save what does not fit. */
    private static void dependence(
            VisibleObject owner, FieldType.Dependence dependence, Map<String, @Nullable Object> field) {
        if (owner.fields().containsKey(dependence.field())) {
            field.put("dependsOn", dependence.field());
            field.put("allowed", dependence.allowed());
        }
    }

    private static void ofTypes(
            VisibleObject owner, FieldType.Dependence dependence, Map<String, @Nullable Object> field) {
        if (owner.fields().containsKey(dependence.field())) {
            field.put("ofTypes", dependence.allowed());
        }
    }

    /** What of a field depends on the record; the conditions themselves may name what the caller must not know. */
    private static List<String> when(Field.When when) {
        List<String> what = new ArrayList<>();
        when.visible().ifPresent(condition -> what.add("visible"));
        when.required().ifPresent(condition -> what.add("required"));
        when.readOnly().ifPresent(condition -> what.add("readOnly"));
        return what;
    }

    private static boolean editable(VisibleObject owner, Field field) {
        boolean computed = field.type() instanceof FieldType.Formula
                || field.type() instanceof FieldType.RollUp
                || field.type() instanceof FieldType.Derived
                || field.type() instanceof FieldType.AutoNumber;
        return !computed && !field.readOnly() && owner.access().mayEdit(field.name());
    }

    private Map<String, @Nullable Object> value(FieldType.Picklist.Value value) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("key", value.key());
        all.put("label", value.label().in(locale));
        all.put("color", value.color().orElse(null));
        all.put("active", value.active());
        return all;
    }

    static String typeName(FieldType type) {
        return switch (type) {
            case FieldType.Text text ->
                switch (text.format()) {
                    case EMAIL -> "email";
                    case PHONE -> "phone";
                    case URL -> "url";
                    case PLAIN -> text.multiline() ? "longText" : "text";
                };
            case FieldType.WholeNumber _ -> "integer";
            case FieldType.DecimalNumber number -> number.percent() ? "percent" : "decimal";
            case FieldType.Bool _ -> "boolean";
            case FieldType.DateOnly _ -> "date";
            case FieldType.DateTime _ -> "dateTime";
            case FieldType.TimeOfDay _ -> "time";
            case FieldType.MultiPicklist _ -> "multiPicklist";
            case FieldType.RichText _ -> "richText";
            case FieldType.Json _ -> "json";
            case FieldType.EncryptedText _ -> "encryptedText";
            case FieldType.Picklist _ -> "picklist";
            case FieldType.File file -> file.picture().isPresent() ? "image" : "file";
            case FieldType.Lookup _ -> "lookup";
            case FieldType.MasterDetail _ -> "masterDetail";
            case FieldType.ManyToMany _ -> "manyToMany";
            case FieldType.AutoNumber _ -> "autoNumber";
            case FieldType.Formula _ -> "formula";
            case FieldType.RollUp _ -> "rollUp";
            case FieldType.Derived _ -> "derived";
        };
    }

    private Map<String, @Nullable Object> view(ListView view) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("name", view.name());
        all.put("label", view.label().in(locale));
        all.put(
                "columns",
                view.columns().stream().filter(c -> readable(object, c)).toList());
        all.put(
                "sort",
                view.sort().stream()
                        .filter(key -> readable(object, key.startsWith("-") ? key.substring(1) : key))
                        .toList());
        return all;
    }

    private boolean readable(VisibleObject start, String path) {
        return reach(start, path).isPresent();
    }

    /** @param via the reference that was followed last */
    private record Reached(VisibleObject owner, Field field, Optional<Field> via) {}

    /** Where a path ends; nothing when any step of it may not be known. */
    private Optional<Reached> reach(VisibleObject start, String path) {
        VisibleObject at = start;
        Optional<Field> via = Optional.empty();
        String[] names = path.split("\\.", -1);
        for (int i = 0; i < names.length - 1; i++) {
            via = Optional.ofNullable(at.fields().get(names[i]));
            Optional<VisibleObject> next = via.flatMap(this::target);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
        }
        String name = names[names.length - 1];
        // What records behind a reference link is no column of this one's list.
        Optional<Field> last = names.length == 1
                ? at.described(name)
                : Optional.ofNullable(at.fields().get(name));
        VisibleObject owner = at;
        Optional<Field> over = via;
        return last.map(field -> new Reached(owner, field, over));
    }

    /** The fields at the ends of those columns that lead over references, by their paths. */
    private Map<String, Object> reached(VisibleObject start, List<String> columns) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (String path : columns) {
            reach(start, path)
                    .ifPresent(end -> end.via().ifPresent(via -> {
                        Map<String, @Nullable Object> field = field(end.owner(), end.field());
                        field.put("object", end.owner().name());
                        field.put(
                                "isTitle",
                                titleField(end.owner()).equals(end.field().name()));
                        field.put("via", via.label().in(locale));
                        all.put(path, field);
                    }));
        }
        return all;
    }

    private Optional<VisibleObject> target(Field field) {
        return VisibleObject.target(field).map(visible.objects()::get);
    }

    private static String titleField(VisibleObject object) {
        String title = object.type().titleField();
        return object.fields().containsKey(title) ? title : "id";
    }

    private List<Map<String, @Nullable Object>> sections() {
        return object.type().layout().sections().stream()
                .map(this::section)
                .filter(s -> s.get("fields") instanceof List<?> fields && !fields.isEmpty())
                .toList();
    }

    private Map<String, @Nullable Object> section(Layout.Section section) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("name", section.name());
        all.put("label", section.label().in(locale));
        all.put("columns", section.columns());
        all.put(
                "fields",
                section.fields().stream()
                        .filter(name -> object.described(name).isPresent())
                        .toList());
        return all;
    }

    private List<Map<String, @Nullable Object>> related() {
        return object.type().layout().related().stream()
                .filter(list -> {
                    VisibleObject other = visible.objects().get(list.object());
                    return other != null && other.described(list.via()).isPresent();
                })
                .map(list -> {
                    Map<String, @Nullable Object> all = new LinkedHashMap<>();
                    all.put("name", list.name());
                    all.put("label", list.label().in(locale));
                    all.put("object", list.object());
                    all.put("via", list.via());
                    all.put("linked", visible.require(list.object()).links().containsKey(list.via()));
                    VisibleObject other = visible.require(list.object());
                    all.put(
                            "columns",
                            list.columns().stream()
                                    .filter(c -> readable(other, c))
                                    .toList());
                    all.put("reached", reached(other, list.columns()));
                    return all;
                })
                .toList();
    }

    /** Processes for records of this object. Whoever may not submit to one can still be an approver in it. */
    private List<Map<String, Object>> approvals() {
        return visible.model().approvals().values().stream()
                .filter(p -> p.object().equals(object.name()))
                .map(p -> {
                    Map<String, Object> process = named(p.name(), p.label().in(locale));
                    process.put("maySubmit", maySubmit(p));
                    if (!p.recordTypes().isEmpty() && object.fields().containsKey(SystemField.RECORD_TYPE)) {
                        process.put("recordTypes", new TreeSet<>(p.recordTypes()));
                    }
                    return process;
                })
                .toList();
    }

    private boolean maySubmit(ApprovalProcess process) {
        return process.submitters().isEmpty()
                ? !object.access().update().equals(Expr.FALSE)
                : !Collections.disjoint(process.submitters(), permissionSets);
    }
}
