package dev.tenon.web.errors;

import static java.util.Map.entry;

import dev.tenon.sdk.error.ErrorCode;
import java.util.List;
import java.util.Map;

/**
 * HTTP status of an error code: by who has to act, and among the caller's errors by what the code says. The rooms below
 * do not know HTTP but name alike things alike, so their words decide; exceptions are listed.
 */
final class Statuses {

    private static final Map<String, Integer> BY_CODE = Map.ofEntries(
            entry("web.method-not-allowed", 405),
            entry("web.unsupported-media-type", 415),
            entry("web.not-acceptable", 406),
            entry("web.too-large", 413),
            entry("web.unauthenticated", 401),
            entry("web.permission-needed", 403),
            entry("web.scope-needed", 403),
            entry("web.precondition-required", 428),
            entry("web.odata-not-supported", 501),
            entry("web.odata-batch-dependency", 424),
            entry("web.odata-batch-condition", 424),
            entry("web.odata-batch-condition-unclear", 424),
            entry("web.odata-batch-rolled-back", 424),
            entry("web.odata-batch-stopped", 424),
            entry("web.unknown-view", 400),
            entry("records.unknown-field", 400),
            entry("records.unknown-parameter", 400),
            entry("records.reference-not-found", 400),
            entry("records.out-of-reach", 403),
            entry("records.field-not-editable", 403),
            entry("records.field-read-only", 409),
            entry("records.transition-not-allowed", 409),
            entry("records.action-not-available", 409),
            entry("records.candidate-not-allowed", 400),
            entry("records.reparent-refused", 409),
            entry("records.circle", 409),
            entry("records.duplicate", 409),
            entry("tenancy.computing-goes-on", 409),
            entry("records.duplicates-to-confirm", 409),
            entry("records.stale-version", 412),
            entry("web.odata-key-taken", 412),
            entry("records.delete-restricted", 409),
            entry("records.restore-reference-gone", 409),
            entry("records.restore-value-unfit", 409),
            entry("store.duplicate", 409),
            entry("store.stopped", 409),
            entry("automation.async-too-long", 504),
            entry("store.file-too-large", 413),
            entry("store.connection-lost", 503),
            entry("store.disk-full", 507),
            entry("identity.unknown-permission-set", 400),
            entry("identity.unknown-zone", 400),
            entry("identity.unknown-language", 400),
            entry("identity.own-administration", 409),
            entry("identity.last-administrator", 409),
            entry("identity.more-than-own", 403),
            entry("identity.own-rights", 403),
            entry("identity.record-of-account", 403),
            entry("identity.account-inactive", 409),
            entry("identity.second-factor-demanded", 409),
            entry("identity.no-second-factor", 409),
            entry("identity.sign-in-paused-for", 429),
            entry("automation.hand-over-running", 409));

    private static final List<String> CONFLICTS = List.of(
            "already",
            "stale",
            "exists",
            "taken",
            "locked",
            "in-use",
            "decided",
            "blocked",
            "wrong-state",
            "not-an-upgrade",
            "still-enabled");

    private Statuses() {}

    static int of(ErrorCode code) {
        Integer named = BY_CODE.get(code.id());
        if (named != null) {
            return named;
        }
        return switch (code.kind()) {
            case USER -> byWords(code.id());
            case CUSTOMIZATION -> 422;
            case CAPACITY -> code.id().contains("limit") || code.id().contains("quota") ? 429 : 503;
            case EXTERNAL -> 502;
            case INTERNAL -> 500;
        };
    }

    private static int byWords(String id) {
        if (id.startsWith("expression.")) {
            return 400;
        }
        String what = id.substring(id.indexOf('.') + 1);
        if (what.endsWith("not-found") || what.startsWith("unknown-")) {
            return 404;
        }
        if (what.startsWith("not-allowed") || what.endsWith("forbidden")) {
            return 403;
        }
        return CONFLICTS.stream().anyMatch(what::contains) ? 409 : 400;
    }
}
