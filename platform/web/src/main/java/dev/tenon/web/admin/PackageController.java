package dev.tenon.web.admin;

import dev.tenon.access.Identity;
import dev.tenon.metadata.UpgradeReport;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.records.port.ModelSource;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.Packages;
import dev.tenon.tenancy.UpgradePreview;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.security.RequestCaller;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Packages: what there is, what an upgrade would do, and doing it. */
@RestController
class PackageController {

    private final RequestCaller caller;
    private final Packages packages;
    private final ModelSource models;

    PackageController(RequestCaller caller, Packages packages, ModelSource models) {
        this.caller = caller;
        this.packages = packages;
        this.models = models;
    }

    @GetMapping("/api/admin/packages")
    Map<String, @Nullable Object> list() {
        Identity identity = caller.require(SystemPermission.MANAGE_PACKAGES);
        Locale locale = caller.locale();
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put(
                "installed",
                packages.installed(identity).stream()
                        .map(p -> installed(p, locale))
                        .toList());
        answer.put(
                "available",
                packages.available(identity).stream()
                        .map(p -> available(p, locale))
                        .toList());
        return answer;
    }

    private static Map<String, @Nullable Object> installed(Packages.Installed found, Locale locale) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("name", found.name());
        entry.put("namespace", found.namespace());
        entry.put("version", found.version());
        entry.put("title", found.title().in(locale));
        entry.put("summary", found.summary().in(locale));
        entry.put("kind", found.kind().name().toLowerCase(Locale.ROOT));
        entry.put("enabled", found.enabled());
        return entry;
    }

    private static Map<String, @Nullable Object> available(Packages.Available found, Locale locale) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("name", found.id().name());
        entry.put("version", found.id().version());
        entry.put("title", found.title().in(locale));
        entry.put("summary", found.summary().in(locale));
        entry.put("installedVersion", found.installedVersion().orElse(null));
        return entry;
    }

    @PostMapping("/api/admin/packages")
    @ResponseStatus(HttpStatus.CREATED)
    PackageId upload(@RequestPart("file") MultipartFile file) throws IOException {
        Identity identity = caller.require(SystemPermission.MANAGE_PACKAGES);
        return packages.upload(identity, file.getBytes());
    }

    @PostMapping("/api/admin/packages/{name}/{version}/preview")
    Map<String, @Nullable Object> preview(@PathVariable String name, @PathVariable String version) {
        Identity identity = caller.require(SystemPermission.MANAGE_PACKAGES);
        return describe(packages.preview(identity, new PackageId(name, version)));
    }

    @PostMapping("/api/admin/packages/{name}/{version}/apply")
    Map<String, @Nullable Object> apply(@PathVariable String name, @PathVariable String version) {
        Identity identity = caller.require(SystemPermission.MANAGE_PACKAGES);
        Packages.Applied applied = packages.apply(identity, new PackageId(name, version));
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("modelVersion", applied.publication().orThrow());
        answer.put("report", describe(applied.preview()));
        return answer;
    }

    @PostMapping("/api/admin/packages/{name}/rollback")
    Map<String, @Nullable Object> rollback(@PathVariable String name) {
        return MetadataController.published(packages.rollback(caller.require(SystemPermission.MANAGE_PACKAGES), name));
    }

    @GetMapping("/api/admin/packages/conflicts")
    List<Map<String, @Nullable Object>> conflicts() {
        Identity identity = caller.require(SystemPermission.MANAGE_PACKAGES);
        Model model = models.current(identity.tenant()).model();
        Locale locale = caller.locale();
        return packages.conflicts(identity).stream()
                .map(conflict -> conflict(conflict, label(model, conflict.element(), locale)))
                .toList();
    }

    /** In the words of the console: {@code Offer › First working day}. */
    private static String label(Model model, String element, Locale locale) {
        ElementKey key = ElementKey.parse(element);
        String[] names = key.name().split("/", 2);
        Optional<ObjectType> object = model.findObject(names[0]);
        if (object.isEmpty()) {
            return key.name();
        }
        String label = object.get().label().in(locale);
        if (names.length == 1) {
            return label;
        }
        Optional<String> field = key.type().equals("field")
                ? object.get().findField(names[1]).map(found -> found.label().in(locale))
                : Optional.empty();
        return label + " › " + field.orElse(names[1]);
    }

    private static Map<String, @Nullable Object> conflict(Packages.Conflict conflict, String label) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("id", conflict.id());
        entry.put("package", conflict.upgradedTo().name());
        entry.put("version", conflict.upgradedTo().version());
        entry.put("fromVersion", conflict.fromVersion());
        entry.put("element", conflict.element());
        entry.put("label", label);
        entry.put("property", conflict.property());
        entry.put("base", conflict.base());
        entry.put("theirs", conflict.theirs());
        entry.put("mine", conflict.mine());
        entry.put("since", conflict.since());
        return entry;
    }

    record Decision(@Nullable String decision) {}

    @PostMapping("/api/admin/packages/conflicts/{id}")
    Map<String, @Nullable Object> decide(@PathVariable UUID id, @RequestBody Decision sent) {
        Identity identity = caller.require(SystemPermission.MANAGE_PACKAGES);
        Packages.Decision decision = switch (sent.decision()) {
            case "MINE" -> Packages.Decision.MINE;
            case "THEIRS" -> Packages.Decision.THEIRS;
            case null, default ->
                throw WebError.PARAMETER_MALFORMED
                        .error()
                        .with("name", "decision")
                        .with("value", sent.decision())
                        .with("expected", "MINE, THEIRS")
                        .build();
        };
        return MetadataController.published(packages.decide(identity, id, decision));
    }

    private Map<String, @Nullable Object> describe(UpgradePreview preview) {
        Locale locale = caller.locale();
        UpgradeReport report = preview.report();
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("package", report.packageName());
        answer.put("from", report.from().isEmpty() ? null : report.from());
        answer.put("to", report.to());
        answer.put("counts", counts(report));
        answer.put(
                "entries", report.entries().stream().map(e -> entry(e, locale)).toList());
        answer.put(
                "schema",
                preview.schema().stream().map(step -> Map.of("step", step)).toList());
        answer.put("problems", Refusals.write(preview.problems(), locale));
        answer.put("blocked", preview.blocked());
        return answer;
    }

    private static Map<String, Integer> counts(UpgradeReport report) {
        Map<UpgradeReport.Kind, Integer> found = report.counts();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (UpgradeReport.Kind kind : UpgradeReport.Kind.values()) {
            String name = switch (kind) {
                case ADDED -> "added";
                case CHANGED -> "changed";
                case REMOVED -> "removed";
                case KEPT -> "kept";
                case ABSORBED -> "absorbed";
                case CONFLICT -> "conflicts";
                case ORPHAN -> "orphans";
            };
            counts.put(name, found.getOrDefault(kind, 0));
        }
        return counts;
    }

    private static Map<String, @Nullable Object> entry(UpgradeReport.Entry entry, Locale locale) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("element", entry.element().toString());
        members.put("label", entry.label().in(locale));
        members.put("property", entry.property());
        members.put("kind", entry.kind().name());
        members.put("layer", entry.layer());
        members.put("old", entry.old());
        members.put("theirs", entry.theirs());
        members.put("mine", entry.mine());
        return members;
    }
}
