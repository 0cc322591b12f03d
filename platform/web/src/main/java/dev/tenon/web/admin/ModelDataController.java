package dev.tenon.web.admin;

import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.tenancy.Customizing;
import dev.tenon.tenancy.KeptData;
import dev.tenon.tenancy.LossPreview;
import dev.tenon.web.security.RequestCaller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What changes of the model mean for data: values that would be lost, and data that is kept for its time. */
@RestController
@RequestMapping("/api/admin/metadata")
class ModelDataController {

    private final RequestCaller caller;
    private final Customizing customizing;

    ModelDataController(RequestCaller caller, Customizing customizing) {
        this.caller = caller;
        this.customizing = customizing;
    }

    /** Publishing the same changes wants the digest as {@code confirm}. */
    @PostMapping("/changes/losses")
    Map<String, @Nullable Object> losses(@RequestBody MetadataController.Changes sent) {
        return preview(customizing.losses(caller.require(SystemPermission.CUSTOMIZE), sent.edits()));
    }

    @GetMapping("/history/{version}/losses")
    Map<String, @Nullable Object> undoLosses(@PathVariable long version) {
        return preview(customizing.undoLosses(caller.require(SystemPermission.CUSTOMIZE), version));
    }

    @GetMapping("/kept-data")
    List<Map<String, @Nullable Object>> keptData() {
        return customizing.keptData(caller.require(SystemPermission.CUSTOMIZE)).stream()
                .map(ModelDataController::kept)
                .toList();
    }

    private static Map<String, @Nullable Object> kept(KeptData data) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("element", data.element());
        entry.put("version", data.version());
        entry.put("retyped", data.former());
        entry.put("until", data.until());
        entry.put("purgedAt", data.purgedAt().orElse(null));
        return entry;
    }

    private static Map<String, @Nullable Object> preview(LossPreview preview) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("digest", preview.digest());
        answer.put(
                "losses",
                preview.losses().stream().map(ModelDataController::loss).toList());
        return answer;
    }

    private static Map<String, @Nullable Object> loss(LossPreview.Loss loss) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("object", loss.what().object());
        entry.put("field", loss.what().field());
        entry.put("from", loss.what().from());
        entry.put("to", loss.what().to());
        entry.put("kind", loss.what().kind());
        entry.put("count", loss.what().count());
        entry.put(
                "records",
                loss.records().stream().map(ModelDataController::concerned).toList());
        return entry;
    }

    private static Map<String, @Nullable Object> concerned(LossPreview.Concerned record) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("id", record.id());
        entry.put("title", record.title());
        entry.put("value", record.value());
        return entry;
    }
}
