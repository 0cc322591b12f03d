package dev.tenon.approval.internal;

import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.Setting;
import dev.tenon.sdk.ActingUser;
import dev.tenon.sdk.plugin.CallContext;
import dev.tenon.sdk.record.RecordClient;
import java.time.Instant;
import java.util.Optional;

/** What code that finds approvers gets. */
record ResolverContext(Model model, ActingUser user, Instant now, RecordClient records) implements CallContext {

    @Override
    public Optional<Object> setting(String name) {
        return Optional.ofNullable(model.settings().get(name)).map(Setting::value);
    }
}
