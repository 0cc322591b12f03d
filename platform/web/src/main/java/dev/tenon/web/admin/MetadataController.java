package dev.tenon.web.admin;

import dev.tenon.access.Identity;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.metadata.model.Provenance;
import dev.tenon.records.port.ModelSource;
import dev.tenon.tenancy.Customizing;
import dev.tenon.tenancy.ModelVersion;
import dev.tenon.tenancy.ObjectDescription;
import dev.tenon.tenancy.Publication;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.security.RequestCaller;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The tenant's own layer, edited live. */
@RestController
class MetadataController {

    private static final int MOST_VERSIONS = 200;

    private final RequestCaller caller;
    private final Customizing customizing;
    private final ModelSource models;

    MetadataController(RequestCaller caller, Customizing customizing, ModelSource models) {
        this.caller = caller;
        this.customizing = customizing;
        this.models = models;
    }

    /** Every object of the tenant, also those whose records the caller may not see; the tenant's own ones first. */
    @GetMapping("/api/admin/objects")
    List<Map<String, @Nullable Object>> objects() {
        Identity identity = caller.require(SystemPermission.CUSTOMIZE);
        Locale locale = caller.locale();
        return models.current(identity.tenant()).model().objects().values().stream()
                .filter(object -> object.junction().isEmpty())
                .sorted(Comparator.comparing(MetadataController::rank).thenComparing(ObjectType::name))
                .map(object -> {
                    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
                    entry.put("name", object.name());
                    entry.put("label", object.label().in(locale));
                    entry.put("pluralLabel", object.pluralLabel().in(locale));
                    entry.put("origin", object.origin());
                    entry.put("fields", object.fields().size());
                    return entry;
                })
                .toList();
    }

    private static int rank(ObjectType object) {
        return switch (object.origin()) {
            case "custom" -> 0;
            case "system" -> 2;
            default -> 1;
        };
    }

    @GetMapping("/api/admin/objects/{name}")
    Map<String, @Nullable Object> object(@PathVariable String name) {
        ObjectDescription described = customizing.describe(caller.require(SystemPermission.CUSTOMIZE), name);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("name", described.name());
        answer.put("origin", described.origin());
        answer.put(
                "elements",
                described.elements().stream().map(MetadataController::element).toList());
        return answer;
    }

    /** Shared value sets with the fields that have their values. */
    @GetMapping("/api/admin/value-sets")
    List<Map<String, @Nullable Object>> valueSets() {
        Identity identity = caller.require(SystemPermission.CUSTOMIZE);
        Map<String, ObjectType> objects =
                models.current(identity.tenant()).model().objects();
        Locale locale = caller.locale();
        return customizing.valueSets(identity).stream()
                .map(set -> {
                    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
                    entry.put("name", set.name());
                    entry.put(
                            "elements",
                            set.elements().stream()
                                    .map(MetadataController::element)
                                    .toList());
                    entry.put(
                            "usedBy",
                            set.usedBy().stream()
                                    .map(field -> user(objects, field, locale))
                                    .toList());
                    return entry;
                })
                .toList();
    }

    private static Map<String, @Nullable Object> user(Map<String, ObjectType> objects, String path, Locale locale) {
        String[] names = path.split("/");
        ObjectType object = Objects.requireNonNull(objects.get(names[0]));
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("object", object.name());
        entry.put("field", String.join("/", List.of(names).subList(1, names.length)));
        // A hidden action is not in the model; its parameters have the set all the same.
        String user = names.length == 2
                ? object.requireField(names[1]).label().in(locale)
                : object.actions().stream()
                        .filter(action -> action.name().equals(names[1]))
                        .findFirst()
                        .map(action -> action.label().in(locale))
                        .orElse(names[1]);
        entry.put("label", object.label().in(locale) + " › " + user);
        return entry;
    }

    private static Map<String, @Nullable Object> element(ObjectDescription.Element element) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("key", element.key());
        entry.put("type", element.type());
        entry.put("name", element.name());
        entry.put("origin", element.origin());
        entry.put(
                "properties",
                element.properties().stream().map(MetadataController::property).toList());
        return entry;
    }

    private static Map<String, @Nullable Object> property(ObjectDescription.Property property) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("name", property.name());
        entry.put("value", property.value());
        entry.put("layer", property.layer());
        entry.put("changeable", property.changeable());
        entry.put(
                "chain",
                property.chain().stream().map(MetadataController::contribution).toList());
        return entry;
    }

    static Map<String, @Nullable Object> contribution(Provenance.Contribution contribution) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("layer", contribution.layer());
        entry.put("value", contribution.value());
        entry.put("file", contribution.source().file());
        entry.put("line", contribution.source().line());
        return entry;
    }

    record Changes(
            @Nullable List<Change> changes,
            @Nullable String comment,
            @Nullable Boolean dryRun,
            @Nullable String confirm) {

        List<LayerEdit> edits() {
            if (changes == null || changes.isEmpty()) {
                throw WebError.PARAMETER_MISSING.error().with("name", "changes").build();
            }
            return changes.stream().map(Change::edit).toList();
        }
    }

    /** One edit; which members it needs depends on {@code op}. */
    record Change(
            @Nullable String op,
            @Nullable String element,
            @Nullable String property,
            @Nullable Object value,
            @Nullable Map<String, @Nullable Object> properties) {

        // The compiler drops the null annotation of the record's component from its constructor.
        @SuppressWarnings("NullAway")
        LayerEdit edit() {
            ElementKey key = key();
            Map<String, @Nullable Object> given = new LinkedHashMap<>();
            if (properties != null) {
                given.putAll(properties);
            }
            return switch (op) {
                case "add" -> new LayerEdit.Add(key, given);
                case "set" -> new LayerEdit.SetProperty(key, needed("property", property), value);
                case "reset" -> new LayerEdit.ResetProperty(key, needed("property", property));
                case "remove" -> new LayerEdit.RemoveElement(key);
                case null, default ->
                    throw WebError.PARAMETER_MALFORMED
                            .error()
                            .with("name", "op")
                            .with("value", op)
                            .with("expected", "add, set, reset, remove")
                            .build();
            };
        }

        private ElementKey key() {
            String text = needed("element", element);
            try {
                return ElementKey.parse(text);
            } catch (IllegalArgumentException malformed) {
                throw WebError.PARAMETER_MALFORMED
                        .error()
                        .with("name", "element")
                        .with("value", text)
                        .with("expected", "field:recruiting__Offer/salary")
                        .causedBy(malformed)
                        .build();
            }
        }

        private static String needed(String name, @Nullable String value) {
            if (value == null) {
                throw WebError.PARAMETER_MISSING.error().with("name", name).build();
            }
            return value;
        }
    }

    @PostMapping("/api/admin/metadata/changes")
    ResponseEntity<Map<String, @Nullable Object>> change(@RequestBody Changes sent) {
        Identity identity = caller.require(SystemPermission.CUSTOMIZE);
        return answer(customizing.apply(
                identity,
                sent.edits(),
                comment(sent.comment()),
                Boolean.TRUE.equals(sent.dryRun()),
                comment(sent.confirm())));
    }

    /** 202 where large tables are changed first: the answer then says where to ask how far that is. */
    private static ResponseEntity<Map<String, @Nullable Object>> answer(Publication publication) {
        if (publication instanceof Publication.Started(UUID change)) {
            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
            answer.put("schemaChange", change);
            return ResponseEntity.accepted()
                    .location(URI.create("/api/admin/metadata/schema-changes/" + change))
                    .body(answer);
        }
        return ResponseEntity.ok(published(publication));
    }

    static Map<String, @Nullable Object> published(Publication publication) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("modelVersion", publication.orThrow());
        answer.put("problems", List.of());
        return answer;
    }

    static Optional<String> comment(@Nullable String text) {
        return Optional.ofNullable(text).filter(t -> !t.isBlank());
    }

    @GetMapping("/api/admin/metadata/export")
    void export(HttpServletResponse response) throws IOException {
        Map<String, byte[]> files = new TreeMap<>(customizing.export(caller.require(SystemPermission.CUSTOMIZE)));
        response.setContentType("application/zip");
        response.setHeader("Content-Disposition", "attachment; filename=\"custom.zip\"");
        response.setHeader("Cache-Control", "private, no-store");
        try (ZipOutputStream zip = new ZipOutputStream(response.getOutputStream())) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry("custom/" + file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
    }

    @GetMapping("/api/admin/metadata/history")
    List<Map<String, @Nullable Object>> history(@RequestParam(defaultValue = "50") int limit) {
        Identity identity = caller.require(SystemPermission.CUSTOMIZE);
        return customizing.history(identity, Math.clamp(limit, 1, MOST_VERSIONS)).stream()
                .map(MetadataController::version)
                .toList();
    }

    record Undo(
            @Nullable String comment,
            @Nullable Boolean dryRun,
            @Nullable String confirm,
            @Nullable Boolean withoutData) {}

    /** Takes back what a version changed in the tenant's own layer. */
    @PostMapping("/api/admin/metadata/history/{version}/undo")
    ResponseEntity<Map<String, @Nullable Object>> undo(@PathVariable long version, @RequestBody Undo sent) {
        Identity identity = caller.require(SystemPermission.CUSTOMIZE);
        return answer(customizing.undo(
                identity,
                version,
                comment(sent.comment()),
                Boolean.TRUE.equals(sent.dryRun()),
                new Customizing.UndoConsent(comment(sent.confirm()), Boolean.TRUE.equals(sent.withoutData()))));
    }

    private static Map<String, @Nullable Object> version(ModelVersion version) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("version", version.version());
        entry.put("at", version.at());
        entry.put("by", Map.of("id", version.by(), "name", version.byName()));
        entry.put("kind", version.kind());
        entry.put("comment", version.comment());
        entry.put("changes", version.changes());
        return entry;
    }
}
