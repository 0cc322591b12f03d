package dev.tenon.web.admin;

import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.tenancy.Customizing;
import dev.tenon.tenancy.SchemaChange;
import dev.tenon.web.security.RequestCaller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Changes of large tables, which go on while people work. */
@RestController
@RequestMapping("/api/admin/metadata/schema-changes")
class SchemaChangeController {

    private static final int MOST = 200;

    private final RequestCaller caller;
    private final Customizing customizing;

    SchemaChangeController(RequestCaller caller, Customizing customizing) {
        this.caller = caller;
        this.customizing = customizing;
    }

    @GetMapping
    List<Map<String, @Nullable Object>> list(@RequestParam(defaultValue = "20") int limit) {
        return customizing
                .schemaChanges(caller.require(SystemPermission.CUSTOMIZE), Math.clamp(limit, 1, MOST))
                .stream()
                .map(SchemaChangeController::entry)
                .toList();
    }

    @GetMapping("/{id}")
    Map<String, @Nullable Object> one(@PathVariable UUID id) {
        return entry(customizing.schemaChange(caller.require(SystemPermission.CUSTOMIZE), id));
    }

    @PostMapping("/{id}/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void cancel(@PathVariable UUID id) {
        customizing.cancelSchemaChange(caller.require(SystemPermission.CUSTOMIZE), id);
    }

    private static Map<String, @Nullable Object> entry(SchemaChange change) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("id", change.id());
        entry.put("state", change.state());
        entry.put("by", Map.of("id", change.by(), "name", change.byName()));
        entry.put("startedAt", change.startedAt());
        entry.put("endedAt", change.endedAt().orElse(null));
        entry.put("object", change.object().isEmpty() ? null : change.object());
        entry.put("phase", change.phase());
        entry.put("done", change.done());
        entry.put("total", change.total());
        entry.put("fault", change.fault().isEmpty() ? null : change.fault());
        return entry;
    }
}
